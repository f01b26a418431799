import CardRules
import JSONRPC
import Postgres

enum AssociationMembershipCreate: Method {
    static let declaration = Declaration(
        "associationMembership.create", .writes, by: .staff(.associationUse),
        "Lets a pass holder join an association, or stay in it (ASC-02, ASC-03, R-160 to R-165).",
        details: "A membership that runs is renewed near its end; one that has run out begins anew.",
        refusals: [
            .passHolderNotFound, .associationNotFound, .associationCardSystemMismatch, .associationTooOld,
            .associationRenewNotPossible, .endDateTooEarly,
        ])

    struct Params: Parameters {
        let holder: PassHolderID
        let association: AssociationID
        let endDate: CivilDate?

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            association = reader.required("associationId", "The association.")
            endDate = reader.optional("endDate", "The last day; needed if the association's type is custom, and only.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AssociationStanding {
        let standing = try call.writableStanding(of: params.holder, to: params.association)
        if (standing.association.term.type == .custom) != (params.endDate != nil) {
            let reason = "is needed if the association's end date type is custom, and must be left out if it is not"
            throw InvalidParameters(problems: [Problem(pointer: "/endDate", reason: reason)])
        }
        //
        guard standing.isInCardSystem else {
            throw Refusal(.associationCardSystemMismatch, at: "/passHolderId")
        }
        let membership = try AssociationRules.decide(
            standing.facts, endDate: params.endDate, on: standing.today
        ).get()
        if let id = standing.membership {
            call.audit.changedFields = ["endDate"]
            try call.transaction.execute(
                """
                update association_membership set anchor_date = \(membership.anchor), terms = \(membership.terms),
                    end_date = \(membership.endDate), version = version + 1
                where id = \(id)
                """)
        } else {
            try call.transaction.execute(
                """
                insert into association_membership (id, card_system_id, association_id, holder_id, anchor_date, terms,
                    end_date, since)
                values (\(call.newID() as AssociationMembershipID), \(standing.association.cardSystem),
                    \(params.association), \(params.holder), \(membership.anchor), \(membership.terms),
                    \(membership.endDate), \(call.now))
                """)
        }
        return try call.standings(of: params.holder, to: params.association)[0]
    }
}
