import CardRules
import JSONRPC
import Postgres

enum AdvantageCodeImport: Method {
    static let declaration = Declaration(
        "advantageCode.import", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Adds the codes that go with an online advantage, from the text of a CSV file (S16, ADV-12, R-148).",
        details: "One code in a line; what it has already is left out and counted. Lines without a code that can be "
            + "kept are told. Longer files come as a job of advantageCode.add.",
        refusals: [.advantageNotFound, .advantageNotOnline])

    struct Params: Parameters {
        let advantage: AdvantageID
        let codes: CodeText

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            codes = reader.required("csv", "One code in a line; what stands behind it is left out.")
        }
    }

    struct Result: ResultRecord {
        let added: Int
        let known: Int
        let faults: [Int]
        let codesLeft: Int

        static let fields: [ResultField<Result>] = [
            .init("added", "How many codes came to it.") { $0.added },
            .init("alreadyKnown", "How many lines held a code that it has, void and used ones too.") { $0.known },
            .init("faultyLines", "The lines, from 1, without a code of 1 to 100 characters.") { $0.faults },
            .init("codesLeft", "How many are to be had now.") { $0.codesLeft },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let held = try call.heldAdvantage(params.advantage)
        let list = CodeList(params.codes.text)
        let added = try call.addCodes(list.codes, to: held)
        return Result(
            added: added, known: list.codes.count - added + list.repeated, faults: list.faults,
            codesLeft: held.codesLeft + added)
    }
}

/// The text of a file of codes.
struct CodeText: ParameterValue {
    let text: String

    private static let lengths = 1...250_000

    static var schema: Schema { .string(format: nil, pattern: nil, lengths: lengths) }
    static var placeholder: CodeText { CodeText(text: "") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, Self.lengths.contains(text.unicodeScalars.count) else {
            throw Unfit("must be a text of \(Self.lengths.lowerBound) to \(Self.lengths.upperBound) characters")
        }
        self.text = text
    }
}

extension Call {
    /// Adds codes to an online advantage that is held.
    ///
    /// - Returns: How many it did not have yet.
    func addCodes(_ codes: [String], to held: HeldAdvantage) throws -> Int {
        guard held.draft.terms.isOnline else { throw Refusal(.advantageNotOnline, at: "/advantageId") }
        let ids: [AdvantageCodeID] = codes.map { _ in newID() }
        let added = try transaction.query(
            """
            insert into advantage_code (id, card_system_id, advantage_id, code, added_at, added_by)
            select item.id, \(held.cardSystem), \(held.id), item.code, \(now), \(caller.accountID)
            from unnest(\(ids.sorted()), \(codes)) as item (id, code)
            on conflict (advantage_id, code) do nothing returning id
            """
        ).count
        try countCodes(added, of: held)
        audit.told.append(("codesAdded", .integer(Int64(added))))
        return added
    }

    /// Counts codes that came or went, and tells the feed how many are left: also if these are few (S16).
    func countCodes(_ change: Int, of held: HeldAdvantage) throws {
        let row = try transaction.query(
            """
            update advantage set codes_added = codes_added + \(change), codes_left = codes_left + \(change)
            where id = \(held.id) returning codes_added, codes_left
            """)[0]
        let left: Int = try row["codes_left"]
        var terms = held.draft.terms
        terms.hasCodes = try row["codes_added"] as Int > 0
        audit.told.append(("codesLeft", .integer(Int64(left))))
        if terms.isCodeStockLow(left) { audit.told.append(("fewCodesLeft", true)) }
    }
}
