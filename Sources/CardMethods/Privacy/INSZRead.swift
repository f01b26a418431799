import CardRules
import JSONRPC
import Postgres

/// How somebody's INSZ was read, or somebody was looked for by it.
enum INSZReadKind: String, CaseIterable, WordParameter, PostgresValue {
    /// Shown in full.
    case reveal
    /// A pass was looked up by it.
    case lookUp
    /// Asked whether it is in use.
    case status
    /// Among the filters of a search.
    case search
    /// In full, in the export of the person's data.
    case export
}

/// What an INSZ or somebody's data is needed for: 3 to 200 characters, kept where the person can read it.
struct Purpose: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: nil, pattern: nil, lengths: 3...200) }
    static var placeholder: Purpose { Purpose(text: "none") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        guard (3...200).contains(text.unicodeScalars.count) else { throw Unfit("must be 3 to 200 characters") }
        self.text = text
    }
}

extension Call {
    /// Writes down, in the transaction of the read, that somebody's INSZ was read or that he was looked for by it. A
    /// refusal leaves it standing.
    func writeRead(_ kind: INSZReadKind, of holder: PassHolderID, purpose: Purpose? = nil) throws {
        try transaction.execute(noteRead(kind, of: holder, purpose: purpose))
    }

    /// Has it written down if the call is refused: it then told that somebody has the INSZ, and else nothing.
    @discardableResult
    func noteRead(_ kind: INSZReadKind, of holder: PassHolderID, purpose: Purpose? = nil) -> SQL {
        let own = audit.cardSystem.isNil ? scope.cardSystems.sorted().first ?? .nil : audit.cardSystem
        let read: SQL = """
            insert into insz_read (id, holder_id, card_system_id, account_id, counter_id, at, kind, purpose)
            values (\(newID() as ID<Never>), \(holder), \(own), \(caller.principal), \(caller.counter?.id), \(now),
                \(kind), \(purpose?.text))
            """
        audit.reads.append(read)
        return read
    }
}
