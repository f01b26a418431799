import CardRules
import JSONRPC
import Postgres

enum AssociationRights: Method {
    static let declaration = Declaration(
        "association.rights", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists by name the counters that see an association, and what they may do with it (ASC-01).",
        refusals: [.associationNotFound])

    struct Params: Parameters {
        let association: AssociationID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            association = reader.required("associationId", "The association.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AssociationRightRecord> {
        let association = try call.association(params.association)
        return try AssociationRightRecord.page(params.page, of: association.id, in: call)
    }
}

/// What a counter may do with an association.
struct AssociationRightRecord: ResultRecord {
    let counter: CounterID
    let name: String
    let right: AssociationRight

    static let fields: [ResultField<AssociationRightRecord>] = [
        .init("counterId", "The counter.") { $0.counter },
        .init("name", "What it is called.") { $0.name },
        .init("right", "`write` lets people join and leave, and reads.") { $0.right },
    ]

    static func page(_ page: PageRequest, of association: AssociationID, in call: Call) throws -> Page<Self> {
        let listing = Listing(
            columns: "c.id, c.name, r.may_write", tables: "association_counter r join counter c on c.id = r.counter_id",
            conditions: ["r.association_id = \(association)"], key: "lower(c.name)", id: "c.id")
        return try listing.page(page, call.transaction) { row in
            Self(counter: try row["id"], name: try row["name"], right: try row["may_write"] ? .write : .read)
        }
    }
}
