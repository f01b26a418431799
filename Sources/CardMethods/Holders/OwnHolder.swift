import CardRules
import JSONRPC
import Postgres

/// Whom a pass holder's call is about: himself, if he names nobody, or somebody of his family (CHK-08).
struct OwnHolderParams: Sendable {
    let named: PassHolderID?

    init(from reader: inout ParameterReader) {
        named = reader.optional("passHolderId", "Somebody of the own family; the caller himself if absent.")
    }
}

extension Call {
    /// The caller, or whom he names if that is somebody of his family. Anybody else answers like one who does not
    /// exist.
    func ownHolder(_ params: OwnHolderParams) throws -> PassHolderID {
        let own = scope.holder
        guard let own, case let holder = params.named ?? own,
            try asPlatform({ try OwnFamily.includes(holder, of: own, in: transaction) })
        else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        return holder
    }
}

/// Whom a pass holder may act for: himself, and those whom he has in his family. It is one-way (FAM-01).
enum OwnFamily {
    /// The transaction must work as the platform.
    static func includes(_ holder: PassHolderID, of main: PassHolderID, in transaction: Transaction) throws -> Bool {
        if holder == main { return true }
        let row = try transaction.first(
            """
            select from family_member where main_id = \(main) and member_id = \(holder) and ended_at is null
            """)
        return row != nil
    }
}
