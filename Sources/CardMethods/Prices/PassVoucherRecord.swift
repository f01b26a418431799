import CardRules
import JSONRPC
import Postgres

extension PassVoucher.Status: WordParameter, PostgresValue {}

/// A voucher as administrators see it: never its code.
struct PassVoucherRecord: ResultRecord {
    let id: PassVoucherID
    let codeEnd: String
    let issuedAt: Instant
    let closedAt: Instant?
    let typeName: String
    /// Whose residents may use it; `nil` is everybody.
    let municipality: MunicipalityID?
    let facts: PassVoucher

    static let fields: [ResultField<PassVoucherRecord>] = [
        .init("id", "The voucher.") { $0.id },
        .init("codeEnd", "The last four characters of its code.") { $0.codeEnd },
        .init("passVoucherTypeId", "What it lowers prices by.") { $0.facts.type },
        .init("typeName", "What that is called.") { $0.typeName },
        .init("status", "Whether it was used or made void.") { $0.facts.status },
        .init("issuedAt", "When it was made.") { $0.issuedAt },
        .init("closedAt", "When it was used or made void.") { $0.closedAt },
    ]

    static let columns: SQL = """
        v.id, v.code_end, v.issued_at, v.closed_at, v.status, v.card_system_id, v.type_id, t.name as type_name,
        t.municipality_id, t.valid_from, t.valid_until
        """
    static let tables: SQL =
        "pass_voucher v join pass_voucher_type t on t.id = v.type_id and t.card_system_id = v.card_system_id"

    init(row: Row) throws {
        id = try row["id"]
        codeEnd = try row["code_end"]
        issuedAt = try row["issued_at"]
        closedAt = try row["closed_at"]
        typeName = try row["type_name"]
        municipality = try row["municipality_id"]
        facts = PassVoucher(
            type: try row["type_id"], status: try row["status"], cardSystem: try row["card_system_id"],
            validFrom: try row["valid_from"], validUntil: try row["valid_until"])
    }
}

/// The codes of vouchers: the prefix of their type, and 60 random bits.
enum PassVoucherCode {
    private static let length = 12

    static func make(prefix: String) -> String {
        let random = String(Secret.make(prefix: "", bytes: 8).prefix(length))
        let groups = stride(from: 0, to: length, by: 4).map { start in
            String(random.dropFirst(start).prefix(4))
        }
        return ([prefix] + groups).joined(separator: "-")
    }

    /// What a voucher is found by, however its code was typed and under whatever key it was written.
    static func indexes(of code: String, _ keys: Keys) -> [[UInt8]] { keys.blindIndexes(text(code)) }

    /// What a voucher is written with.
    static func index(of code: String, under key: UInt8, _ keys: Keys) throws -> [UInt8] {
        try keys.blindIndex(text(code), under: key)
    }

    private static func text(_ code: String) -> String { "passVoucher \(Base32.normalised(code))" }
}

extension Call {
    /// A voucher of own card systems by its code; locked if it is about to be used.
    func passVoucher(code: String, toUse: Bool) throws -> PassVoucherRecord? {
        let lock: SQL = toUse ? "for update of v" : ""
        return try transaction.first(
            """
            select \(fragment: PassVoucherRecord.columns) from \(fragment: PassVoucherRecord.tables)
            where v.code_index = any (\(PassVoucherCode.indexes(of: code, services.keys))) \(fragment: lock)
            """
        ).map(PassVoucherRecord.init)
    }
}
