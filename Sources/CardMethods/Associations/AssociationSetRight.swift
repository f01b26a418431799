import CardRules
import JSONRPC
import Postgres

enum AssociationSetRight: Method {
    static let declaration = Declaration(
        "association.setRight", .writes, by: [.operator, .cardSystemAdministrator],
        "Says whether a counter sees an association, and lets people join and leave (ASC-01).",
        refusals: [.associationNotFound, .counterNotFound])

    struct Params: Parameters {
        let association: AssociationID
        let counter: CounterID
        let right: AssociationRight

        init(from reader: inout ParameterReader) {
            association = reader.required("associationId", "The association.")
            counter = reader.required("counterId", "A counter that works in its card system.")
            right = reader.required("right", "What it may do from now on.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AssociationRightRecord> {
        let association = try call.administeredAssociation(params.association)
        call.audit.told += [
            ("counterId", .string(params.counter.text)), ("right", .string(params.right.rawValue)),
        ]
        let known = try call.transaction.first(
            """
            select from counter_card_system
            where counter_id = \(params.counter) and card_system_id = \(association.cardSystem)
            """)
        if known == nil { throw Refusal(.counterNotFound, at: "/counterId") }
        if params.right == .none {
            try call.transaction.execute(
                """
                delete from association_counter
                where association_id = \(association.id) and counter_id = \(params.counter)
                """)
        } else {
            try call.transaction.execute(
                """
                insert into association_counter (association_id, card_system_id, counter_id, may_write)
                values (\(association.id), \(association.cardSystem), \(params.counter), \(params.right == .write))
                on conflict (association_id, counter_id) do update set may_write = excluded.may_write
                """)
        }
        return try AssociationRightRecord.page(.first, of: association.id, in: call)
    }
}
