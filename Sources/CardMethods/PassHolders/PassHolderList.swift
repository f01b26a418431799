import CardRules
import JSONRPC
import Postgres

enum PassHolderList: PreparedMethod {
    typealias Result = Page<PassHolderSummary>

    static let declaration = Declaration(
        "passHolder.list", .reads, by: .staff(.passHolderRead),
        "Lists pass holders of own card systems, blocked ones too (S10, PH-09 to PH-11, R-172).",
        details: "By name at first. Case and accents do not matter. Filters all hold together; those about a "
            + "membership in one and the same card system. Look-ups by INSZ are written down; of one source 20 a "
            + "minute and 20 misses an hour are let in (GEN-05).",
        refusals: [.municipalityNotFound, .schoolNotFound, .associationNotFound])

    /// What the rows can be ordered by.
    enum Order: String, WordParameter {
        case name, registeredAt, dateOfBirth
    }

    struct Params: Parameters {
        let filter: PassHolderFilter
        let order: Order
        let isDescending: Bool
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = PassHolderFilter(from: &reader)
            order = reader.optional("sort", default: .name, "By name and first name if absent.")
            isDescending = reader.optional("descending", default: false, "From the last to the first.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        guard let insz = params.filter.insz else { return try await prelude.perform { try list(params, in: $0) } }
        return try await prelude.lookUp(insz, isMiss: { $0.items.isEmpty }) { try list(params, in: $0) }
    }

    private static func list(_ params: Params, in call: Call) throws -> Page<PassHolderSummary> {
        if let municipality = params.filter.municipality,
            try call.transaction.first("select from municipality where id = \(municipality)") == nil
        {
            throw Refusal(.municipalityNotFound, at: "/municipalityId")
        }
        try params.filter.belonging.check(call)
        // Whatever key the number was written with is known then.
        if let insz = params.filter.insz { _ = try call.holder(of: insz) }
        // Found as the platform, for an index on parts of names is of no use under row-level security; shown under it.
        let found = try call.asPlatform {
            try listing(params, call).page(params.page, call.transaction) { try $0["id"] as PassHolderID }
        }
        if params.filter.insz != nil { for holder in found.items { try call.writeRead(.search, of: holder) } }
        return Page(
            items: try call.summaries(of: found.items), nextCursor: found.nextCursor, total: found.total)
    }

    private static func listing(_ params: Params, _ call: Call) -> Listing {
        var listing = Listing(
            columns: "h.id", tables: "pass_holder h", conditions: params.filter.conditions(call), id: "h.id",
            isDescending: params.isDescending)
        // How many fit a part of a name cannot be told beforehand: walking the order's index until enough do could take
        // all there is. An order that no index has makes the parts be found first.
        let isSorted = params.filter.hasParts
        switch params.order {
        case .name:
            let name: SQL = "h.name_key || ' ' || h.first_name_key"
            listing.key = isSorted ? "\(fragment: name) || ''" : name
        case .registeredAt:
            listing.key = isSorted ? "h.registered_at + interval '0'" : "h.registered_at"
            listing.keyType = .instant
        case .dateOfBirth:
            listing.key = isSorted ? "h.date_of_birth + 0" : "h.date_of_birth"
            listing.keyType = .date
        }
        return listing
    }
}
