import CardRules
import JSONRPC
import Postgres

enum PassHolderSetNote: Method {
    static let declaration = Declaration(
        "passHolder.setNote", .writes, by: .staff(.passHolderNoteWrite),
        "Writes down something about a pass holder for the staff of one card system, or clears it (PH-06).",
        refusals: [.cardSystemNotFound, .passHolderNotFound])

    struct Params: Parameters {
        let member: HolderInCardSystem
        let version: Int?
        let note: Change<NoteText>

        init(from reader: inout ParameterReader) {
            member = HolderInCardSystem(from: &reader)
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            note = reader.change("note", "What replaces the note; `null` clears it.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> NoteRecord {
        try call.requireMember(params.member)
        // One after another: of two writes that knew the same version, the second must see the first.
        try call.transaction.execute(
            """
            select from membership where card_system_id = \(params.member.cardSystem)
                and holder_id = \(params.member.holder) for update
            """)
        let old = try call.note(on: params.member)
        call.audit.changedFields = ["note"]
        try call.requireVersion(params.version, is: old.version, changed: ["note"])
        let new = params.note.applied(to: old.note.map(NoteText.init(kept:)))
        try call.transaction.execute(NoteText.write(new, on: params.member, at: call.now))
        return try call.note(on: params.member)
    }
}

extension NoteText {
    /// Puts a note in the place of the one that is there.
    static func write(_ note: NoteText?, on member: HolderInCardSystem, at now: Instant) -> SQL {
        """
        insert into pass_holder_note as n (card_system_id, holder_id, note, changed_at, version)
        values (\(member.cardSystem), \(member.holder), \(note?.text), \(now), 1)
        on conflict (card_system_id, holder_id)
            do update set note = excluded.note, changed_at = excluded.changed_at, version = n.version + 1
        """
    }
}
