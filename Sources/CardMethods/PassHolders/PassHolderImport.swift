import CardRules
import JSONRPC
import Postgres

/// Takes in the people of a register that was kept elsewhere, with their cards and statuses. Each row is judged by the
/// rules of a registration by an administrator, and leaves what a registration leaves; but what the rules look at is
/// read for many rows at once, nobody is asked about people who are alike, and nothing is sold.
struct PassHolderImport: JobWork {
    var name: String { "import.passHolders" }
    var access: Access { [.cardSystemAdministrator, .operator] }
    var parameters: [Schema.Property] { ImportedHolder.properties }
    var rowsAtOnce: Int { 1000 }

    func problems(in row: JSONObject) -> [Problem] { ImportedHolder.problems(in: row) }

    func run(_ rows: [JobRow], in call: JobCall) throws -> [JobOutcome] {
        let people = try rows.map { try ImportedHolder.read($0.params) }
        let common = call.call()
        var reading = try ImportReading(people, in: call.cardSystem, common)
        var outcomes: [JobOutcome] = []
        var accepted: [(place: Int, row: ImportedHolder, card: CardRecord?)] = []
        for (place, row) in people.enumerated() {
            if let refusal = Refusal(try reading.reasons(against: row)) {
                outcomes.append(JobOutcome(refused: RPCError(refusal), audit: call.call().audit))
            } else {
                outcomes.append(JobOutcome(state: .done))
                accepted.append((place, row, reading.give(to: row)))
            }
        }
        let registrations = try registrations(of: accepted.map { ($0.row, $0.card) }, in: call.cardSystem, common)
        try ImportWriting(registrations: registrations, cardSystem: call.cardSystem, call: common).run()
        for (place, registration) in zip(accepted.map(\.place), registrations) {
            let single = call.call()
            registration.tell(in: &single.audit)
            outcomes[place].objectID = single.audit.objectID
            outcomes[place].audit = single.audit
        }
        return outcomes
    }

    private func registrations(
        of people: [(row: ImportedHolder, card: CardRecord?)], in cardSystem: CardSystemID, _ call: Call
    ) throws -> [Registration] {
        let today = Brussels.date(call.now)
        let endDates = people.map { RegistrationRules.opportunityEndDate($0.row.person.request, today: today) }
        var digital = try DigitalCard.freeNumbers(
            opportunity: zip(people, endDates).filter { $0.0.card == nil }.map { $0.1 != nil }, in: call)[...]
        let hasINSZ = people.contains { $0.row.person.request.insz != nil }
        let key = hasINSZ ? try call.writingKey() : 0
        return try zip(people, endDates).map { person, endDate in
            let holder: PassHolderID = call.newID()
            let row = person.row
            return Registration(
                holder: holder, membership: call.newID(),
                card: CardIssue(
                    person.card.map { .stock($0) } ?? .digital(digital.removeFirst()), of: cardSystem, to: holder,
                    at: row.counter, .firstCard, in: call),
                opportunityEndDate: endDate, counter: row.counter,
                params: PassHolderRegister.Params(cardSystem: cardSystem, counter: row.counter, person: row.person),
                insz: try row.person.request.insz.map {
                    try SealedINSZ($0, of: holder, under: key, call.services.keys)
                })
        }
    }
}
