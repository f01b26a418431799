import CardRules
import JSONRPC
import Postgres

enum PassHolderNote: Method {
    static let declaration = Declaration(
        "passHolder.note", .reads, by: .staff(.passHolderNoteRead),
        "Tells what the staff of a card system wrote down about a pass holder; no other card system sees it (PH-06).",
        refusals: [.cardSystemNotFound, .passHolderNotFound])

    static func run(_ params: HolderInCardSystem, in call: Call) throws -> NoteRecord {
        try call.requireMember(params)
        return try call.note(on: params)
    }
}

/// A person as a member of one card system.
struct HolderInCardSystem: Parameters {
    let holder: PassHolderID
    let cardSystem: CardSystemID

    init(_ holder: PassHolderID, in cardSystem: CardSystemID) { (self.holder, self.cardSystem) = (holder, cardSystem) }

    init(from reader: inout ParameterReader) {
        holder = reader.required("passHolderId", "The person.")
        cardSystem = reader.required("cardSystemId", "Whose staff it is for.")
    }
}

/// The note about a person.
struct NoteRecord: ResultRecord {
    let note: String?
    let changedAt: Instant?
    let version: Int

    static let fields: [ResultField<NoteRecord>] = [
        .init("note", "What was written down; absent if nothing is.") { $0.note },
        .init("changedAt", "When it was changed last; absent if it never was.") { $0.changedAt },
        .init("version", "Counts its changes, from 0.") { $0.version },
    ]
}

/// A private note: several lines.
struct NoteText: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: nil, pattern: nil, lengths: 1...4000) }
    static var placeholder: NoteText { NoteText(text: "") }

    private init(text: String) { self.text = text }

    /// As it was kept.
    init(kept text: String) { self.init(text: text) }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string else { throw Unfit("must be a string, not \(parameter.kind)") }
        guard (1...4000).contains(text.unicodeScalars.count) else { throw Unfit("must have 1 to 4000 characters") }
        if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F }) {
            throw Unfit("must not hold control characters")
        }
        self.text = text
    }
}

extension Call {
    /// Refuses who is no member of a card system in which the caller may do this, like one who does not exist.
    func requireMember(_ params: HolderInCardSystem) throws {
        try requireCardSystem(params.cardSystem)
        try require(serves(params.cardSystem))
        audit.cardSystem = params.cardSystem
        audit.object(params.holder)
        let row = try transaction.first(
            """
            select from membership where card_system_id = \(params.cardSystem) and holder_id = \(params.holder)
            """)
        if row == nil { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
    }

    func note(on params: HolderInCardSystem) throws -> NoteRecord {
        let row = try transaction.first(
            """
            select note, changed_at, version from pass_holder_note
            where card_system_id = \(params.cardSystem) and holder_id = \(params.holder)
            """)
        guard let row else { return NoteRecord(note: nil, changedAt: nil, version: 0) }
        return NoteRecord(note: try row["note"], changedAt: try row["changed_at"], version: try row["version"])
    }
}
