import CardRules
import JSONRPC
import Postgres

/// What the rules of registration must know of many people at once, and what the rows before have taken.
struct ImportReading {
    private let call: Call
    private let cardSystem: CardSystemID
    private let today: CivilDate
    private let postalCodes: Set<BelgianPostalCode>
    private let municipalities: [MunicipalityFacts]
    private let counters: [CounterID: Counter]
    /// By number; those of the job's card system are locked.
    private let cards: [CardNumber: CardRecord]
    private let takenINSZs: Set<INSZ>
    /// What earlier rows got.
    private var given: (inszs: Set<INSZ>, cards: Set<CardNumber>) = ([], [])

    private struct Counter {
        let isInCardSystem: Bool
        let postalCodes: Set<BelgianPostalCode>
    }

    init(_ people: [ImportedHolder], in cardSystem: CardSystemID, _ call: Call) throws {
        (self.call, self.cardSystem, today) = (call, cardSystem, Brussels.date(call.now))
        let numbers = people.compactMap(\.cardNumber)
        var cards = try Self.cards(numbers, "order by c.id for update", call)
        let foreign = numbers.filter { cards[$0] == nil }
        cards.merge(try call.acrossCardSystems { try Self.cards(foreign, "", call) }) { own, _ in own }
        self.cards = cards
        takenINSZs = try Self.taken(people.compactMap(\.person.request.insz), call)
        municipalities = try call.municipalityFacts(of: [cardSystem])
        let rows = try call.transaction.run([
            "select postal_code from municipality_postal_code where card_system_id = \(cardSystem)",
            """
            select c.id, exists (select from counter_card_system k
                    where k.counter_id = c.id and k.card_system_id = \(cardSystem)),
                array(select p.postal_code from municipality_postal_code p
                    where p.municipality_id = c.municipality_id and p.card_system_id = \(cardSystem))
            from counter c where c.id = any (\(Set(people.map(\.counter)).sorted()))
            """,
        ])
        postalCodes = Set(try rows[0].map { try $0[0] })
        counters = Dictionary(
            uniqueKeysWithValues: try rows[1].map { row in
                (try row[0], Counter(isInCardSystem: try row[1], postalCodes: Set(try row[2] as [BelgianPostalCode])))
            })
    }

    private static func cards(
        _ numbers: [CardNumber], _ more: SQL, _ call: Call
    ) throws -> [CardNumber: CardRecord] {
        if numbers.isEmpty { return [:] }
        let rows = try call.transaction.query(
            """
            select \(fragment: CardRecord.columns) from card c where c.number = any (\(numbers)) \(fragment: more)
            """)
        return Dictionary(uniqueKeysWithValues: try rows.map(CardRecord.init).map { ($0.number, $0) })
    }

    /// Those of the numbers that somebody has, in whatever card system. Until the transaction ends the key that writes
    /// stays the same, so two who write the same number meet in its index.
    private static func taken(_ inszs: [INSZ], _ call: Call) throws -> Set<INSZ> {
        if inszs.isEmpty { return [] }
        _ = try call.writingKey()
        var byIndex: [[UInt8]: INSZ] = [:]
        for insz in inszs { for index in call.services.keys.indexes(of: insz) { byIndex[index] = insz } }
        let rows = try call.acrossCardSystems {
            try call.transaction.query(
                "select insz_index from pass_holder where insz_index = any (\(Array(byIndex.keys)))")
        }
        return Set(try rows.compactMap { byIndex[try $0[0]] })
    }

    /// Everything that is against registering somebody, nothing if he or she comes in.
    func reasons(against row: ImportedHolder) throws -> [Reason] {
        guard let counter = counters[row.counter] else { return [Reason(.counterNotFound, at: "/counterId")] }
        guard counter.isInCardSystem else { return [Reason(.counterNotInCardSystem, at: "/counterId")] }
        let request = row.person.request
        let isKnown = request.insz.map(takenINSZs.contains) ?? false
        let isGiven = request.insz.map(given.inszs.contains) ?? false
        let facts = RegistrationFacts(
            permissions: call.permissions(in: cardSystem), cardSystem: cardSystem, cardSystemPostalCodes: postalCodes,
            counter: row.counter, counterPostalCodes: counter.postalCodes, card: row.cardNumber.flatMap(cardFacts),
            isINSZTaken: isKnown || isGiven, municipalities: municipalities)
        let reasons = RegistrationRules.check(request, facts, today: today)
        return isKnown ? try INSZClaim(request.insz, in: call).explained(reasons) : reasons
    }

    private func cardFacts(_ number: CardNumber) -> CardFacts? {
        guard var facts = cards[number]?.facts else { return nil }
        if given.cards.contains(number) { facts.status = CardStep.activate.to }
        return facts
    }

    /// The card that somebody gets who comes in; `nil` if a digital one is made. What is somebody's is nobody else's in
    /// the rows that follow.
    mutating func give(to row: ImportedHolder) -> CardRecord? {
        if let insz = row.person.request.insz { given.inszs.insert(insz) }
        guard let number = row.cardNumber else { return nil }
        given.cards.insert(number)
        return cards[number]
    }
}
