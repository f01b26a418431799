import CardRules
import JSONRPC
import Postgres

/// A kind of voucher that lowers what passes cost.
struct PassVoucherTypeRecord: ResultRecord {
    let id: PassVoucherTypeID
    let name: String
    let prefix: String
    let municipality: MunicipalityID?
    let validFrom: CivilDate?
    let validUntil: CivilDate?
    let version: Int

    static let fields: [ResultField<PassVoucherTypeRecord>] = [
        .init("id", "The type.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("prefix", "What its codes begin with.") { $0.prefix },
        .init("municipalityId", "Whose residents may use it; everybody if absent.") { $0.municipality },
        .init("validFrom", "The first day on which it counts; open if absent.") { $0.validFrom },
        .init("validUntil", "The last day on which it counts; open if absent.") { $0.validUntil },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = "t.id, t.name, t.prefix, t.municipality_id, t.valid_from, t.valid_until, t.version"

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        prefix = try row["prefix"]
        municipality = try row["municipality_id"]
        validFrom = try row["valid_from"]
        validUntil = try row["valid_until"]
        version = try row["version"]
    }
}

/// What the codes of a type begin with: two to eight capitals and digits.
struct VoucherPrefix: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: nil, pattern: "^[A-Z0-9]{2,8}$", lengths: 2...8) }
    static var placeholder: VoucherPrefix { VoucherPrefix(text: "AA") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        guard (2...8).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { throw Unfit("must be two to eight capitals and digits") }
        self.text = text
    }
}

extension Call {
    /// Refuses a name, a prefix or a municipality that a type of the card system cannot have.
    func requireFree(
        name: String?, prefix: String?, municipality: MunicipalityID?, in cardSystem: CardSystemID,
        except id: PassVoucherTypeID? = nil
    ) throws {
        let row = try transaction.query(
            """
            select exists (select from pass_voucher_type t where t.card_system_id = \(cardSystem)
                    and t.name = \(name) and t.id is distinct from \(id)),
                exists (select from pass_voucher_type t where t.card_system_id = \(cardSystem)
                    and t.prefix = \(prefix) and t.id is distinct from \(id)),
                exists (select from municipality y where y.card_system_id = \(cardSystem) and y.id = \(municipality))
            """)[0]
        var reasons: [Reason] = []
        if municipality != nil, !(try row[2] as Bool) {
            reasons.append(Reason(.municipalityNotFound, at: "/municipalityId"))
        }
        if try row[0] { reasons.append(Reason(.passVoucherTypeNameTaken, at: "/name")) }
        if try row[1] { reasons.append(Reason(.passVoucherTypePrefixTaken, at: "/prefix")) }
        try reasons.refuse()
    }

    /// A type of vouchers, whose card system the caller administers.
    ///
    /// - Parameter lock: Such as `for update`.
    func administeredVoucherType(_ id: PassVoucherTypeID, lock: SQL = "") throws
        -> (record: PassVoucherTypeRecord, cardSystem: CardSystemID)
    {
        let row = try transaction.first(
            """
            select \(fragment: PassVoucherTypeRecord.columns), t.card_system_id from pass_voucher_type t
            where t.id = \(id) \(fragment: lock)
            """)
        guard let row else { throw Refusal(.passVoucherTypeNotFound, at: "/passVoucherTypeId") }
        let cardSystem: CardSystemID = try row["card_system_id"]
        try requireAdministered(cardSystem)
        return (try PassVoucherTypeRecord(row: row), cardSystem)
    }
}
