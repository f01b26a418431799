import CardRules
import JSONRPC
import Postgres

enum SchoolList: Method {
    static let declaration = Declaration(
        "school.list", .reads, by: .staff(.passHolderRead),
        "Lists by name the schools of own card systems: counters that are one (SCH-01).")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let name: NamePattern?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Of this card system.")
            name = reader.optional("name", "The name, in which `*` stands for anything.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<SchoolRecord> {
        let filters: [SQL?] = [
            "c.is_school", call.works(counter: "c.id"),
            params.cardSystem.map {
                "exists (select from counter_card_system k where k.counter_id = c.id and k.card_system_id = \($0))"
            },
            params.name.map { "lower(c.name) like \($0.like)" },
        ]
        let listing = Listing(
            columns: "c.id, c.name, c.city", tables: "counter c", conditions: filters.compactMap(\.self),
            key: "lower(c.name)", id: "c.id")
        return try listing.page(params.page, call.transaction, SchoolRecord.init)
    }
}

/// A school.
struct SchoolRecord: ResultRecord {
    let id: CounterID
    let name: String
    let city: String?

    static let fields: [ResultField<SchoolRecord>] = [
        .init("id", "The school.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("city", "Where it is.") { $0.city },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        city = try row["city"]
    }
}

extension Call {
    /// The condition that a counter works where the caller may do this.
    func works(counter: SQL) -> SQL {
        """
        exists (select from counter_card_system w
            where w.counter_id = \(fragment: counter) and \(fragment: serves(column: "w.card_system_id")))
        """
    }

    /// Refuses what is no school of own card systems, like one that does not exist (SCH-01).
    func requireSchool(_ id: CounterID) throws {
        let row = try transaction.first(
            "select from counter c where c.id = \(id) and c.is_school and \(fragment: works(counter: "c.id"))")
        if row == nil { throw Refusal(.schoolNotFound, at: "/schoolId") }
    }

    /// Whether somebody goes to a school, of whatever card system.
    func hasPupils(_ school: CounterID) throws -> Bool {
        try asPlatform { try transaction.first("select from pass_holder where school_id = \(school) limit 1") != nil }
    }

    /// Changes where a person goes to school.
    func setSchool(_ school: CounterID?, of holder: PassHolderID) throws -> PassHolderRecord {
        try requireOwnHolder(holder)
        if let own = try memberships(of: holder).first(where: { serves($0.cardSystem) }) {
            audit.cardSystem = own.cardSystem
        }
        audit.object(holder)
        audit.changedFields = ["school"]
        try transaction.execute(
            "update pass_holder set school_id = \(school), version = version + 1 where id = \(holder)")
        return try passHolder(holder)
    }
}
