import CardRules
import JSONRPC
import Postgres

/// What a person belongs to beside the card system: a school, an association (PH-11).
struct BelongingFilter: Sendable {
    /// Which members of an association are meant.
    enum Members: String, WordParameter {
        case active, expired, all
    }

    let school: CounterID?
    let hasSchool: Bool?
    let association: AssociationID?
    let members: Members

    init(from reader: inout ParameterReader) {
        school = reader.optional("schoolId", "Who goes to this school.")
        hasSchool = reader.optional("hasSchool", "Who goes to any school, or to none.")
        association = reader.optional("associationId", "Members of this association, which the caller may read.")
        members = reader.optional(
            "associationStatus", default: .active, "Whose membership of it is this today; `active` if absent.")
    }

    /// Refuses a school and an association that the caller may not know of.
    func check(_ call: Call) throws {
        if let school { try call.requireSchool(school) }
        if let association { _ = try call.association(association) }
    }

    /// On `pass_holder h`.
    func conditions(_ call: Call) -> [SQL] {
        let today = Brussels.date(call.now)
        let end: SQL =
            switch members {
            case .active: "p.end_date >= \(today)"
            case .expired: "p.end_date < \(today)"
            case .all: "true"
            }
        return [
            school.map { "h.school_id = \($0)" },
            hasSchool.map { $0 ? "h.school_id is not null" : "h.school_id is null" },
            association.map {
                """
                h.id in (select p.holder_id from association_membership p
                    where p.association_id = \($0) and p.ended_at is null and \(fragment: end))
                """
            },
        ].compactMap { $0 as SQL? }
    }
}
