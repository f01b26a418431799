import CardRules
import JSONRPC
import Postgres

enum PassHolderListDuplicates: Method {
    static let declaration = Declaration(
        "passHolder.listDuplicates", .reads, by: .staff(.passHolderRead),
        "Lists the members of a card system who are likely to be registered twice, by birth date.",
        details: "A pair is told once, with the one who was registered first. One call compares some thousands of "
            + "people, so a page may be short, even empty, and yet have a `nextCursor`.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let limit: PageLimit
        let after: PageCursor?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose members.")
            limit = reader.optional("limit", default: PageLimit(count: 20), "How many at most, 20 if absent.")
            after = reader.optional("cursor", "The `nextCursor` of the page before.")
            if let after, CivilDate(text: after.key) == nil {
                reader.refuse("cursor", "must be the nextCursor of a page")
            }
        }
    }

    struct Item: ResultRecord {
        let holder: PassHolderSummary
        let duplicates: [LikelyDuplicate]

        static let fields: [ResultField<Item>] = [
            .init("passHolder", "Somebody.") { $0.holder },
            .init("duplicates", "Who were registered later, and are likely to be the same.") { $0.duplicates },
        ]
    }

    /// How many people are compared with others for one step, and how many steps are made for one page.
    private static let (stepSize, mostSteps) = (500, 8)

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        var found: [(PassHolderID, [PassHolderID: Likeness])] = []
        var next = params.after
        for _ in 0..<mostSteps {
            let step = try DuplicateStep(of: params.cardSystem, after: next, size: stepSize, in: call)
            for person in step.people {
                next = PageCursor(key: person.dateOfBirth.text, id: person.id)
                let likeness = try step.duplicates(of: person, call.services.keys)
                if !likeness.isEmpty { found.append((person.id, likeness)) }
                if found.count == params.limit.count { break }
            }
            if found.count == params.limit.count { break }
            if step.people.count < stepSize {
                next = nil
                break
            }
        }
        return Page(items: try items(found, in: call), nextCursor: next, total: nil)
    }

    private static func items(_ found: [(PassHolderID, [PassHolderID: Likeness])], in call: Call) throws -> [Item] {
        let ids = Set(found.flatMap { [$0.0] + $0.1.keys })
        let summaries = try call.summaries(of: ids.sorted())
        let shown = Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0) })
        return found.compactMap { id, likeness in
            guard let holder = shown[id] else { return nil }
            let duplicates = likeness.keys.sorted().compactMap { other in
                shown[other].map { LikelyDuplicate(likeness: likeness[other]!, holder: $0) }
            }
            return Item(holder: holder, duplicates: duplicates)
        }
    }
}
