import CardRules
import JSONRPC
import Postgres

enum CounterList: Method {
    static let declaration = Declaration(
        "counter.list", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Lists counters by name: an administrator those that he stands over (ORG-01).",
        refusals: [.cardSystemNotFound, .permissionGroupNotFound])

    struct Params: Parameters {
        let name: NamePattern?
        let cardSystem: CardSystemID?
        let group: ID<PermissionGroupKind>?
        let municipality: MunicipalityID?
        let organizer: OrganizerID?
        let isPointOfSale: Bool?
        let isSchool: Bool?
        let status: CounterStatus?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            name = reader.optional("name", "The name, in which `*` stands for anything.")
            cardSystem = reader.optional("cardSystemId", "Those that work in this card system.")
            group = reader.optional("permissionGroupId", "Those in this permission group.")
            municipality = reader.optional("municipalityId", "Those of this municipality.")
            organizer = reader.optional("organizerId", "Those that are this organizer.")
            isPointOfSale = reader.optional("isPointOfSale", "Only points of sale, or only others.")
            isSchool = reader.optional("isSchool", "Only schools, or only others.")
            status = reader.optional("status", "Only those of this status.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CounterRecord> {
        if let cardSystem = params.cardSystem { try call.requireCardSystem(cardSystem) }
        if let group = params.group,
            try call.transaction.first("select from permission_group where id = \(group)") == nil
        {
            throw Refusal(.permissionGroupNotFound, at: "/permissionGroupId")
        }
        let list = Listing(
            columns: CounterRecord.columns, tables: "counter c",
            conditions: conditions(params) + (call.scope.isOperator ? [] : [administered(by: call.scope)]),
            key: "lower(c.name)", id: "c.id")
        let page = try list.page(params.page, call.transaction) { try CounterRecord(row: $0).shown(to: call) }
        return Page(
            items: try page.items.withCardSystems(call.transaction), nextCursor: page.nextCursor, total: page.total)
    }

    private static func conditions(_ params: Params) -> [SQL] {
        let all: [SQL?] = [
            params.name.map { "lower(c.name) like \($0.like)" },
            params.cardSystem.map {
                "exists (select from counter_card_system s where s.counter_id = c.id and s.card_system_id = \($0))"
            },
            params.group.map {
                """
                exists (select from counter_permission_group g
                    where g.counter_id = c.id and g.permission_group_id = \($0))
                """
            },
            params.municipality.map { "c.municipality_id = \($0)" },
            params.organizer.map { "c.organizer_id = \($0)" },
            params.isPointOfSale.map { "c.is_point_of_sale = \($0)" },
            params.isSchool.map { "c.is_school = \($0)" },
            params.status.map { "c.status = \($0)" },
        ]
        return all.compactMap(\.self)
    }

    private static func administered(by scope: Scope) -> SQL {
        """
        (exists (select from counter_card_system s
            where s.counter_id = c.id and s.card_system_id = any (\(Array(scope.administered))))
        or c.municipality_id = any (\(Array(scope.municipalities.keys))))
        """
    }
}
