import CardRules
import JSONRPC
import Postgres

enum GroupPassReplaceCard: Method {
    static let declaration = Declaration(
        "groupPass.replaceCard", .writes, by: .staff(.groupPassWrite),
        "Gives a group another card; the one before can never be used again.",
        details: "Whether the group has opportunity is printed in the number, so that changes with the card only.",
        refusals: [
            .groupPassNotFound, .cardNotFound, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem,
            .cardStatusMismatch,
        ])

    struct Params: Parameters {
        let pass: GroupPassID
        let card: GroupCardParams
        let hasOpportunity: Bool?
        let reason: String

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            card = GroupCardParams(from: &reader)
            hasOpportunity = reader.optional("hasOpportunity", "Whether it has opportunity then; as before if absent.")
            reason = reader.required("reason", "Why, such as lost or defect; stays in the audit trail.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        let hasOpportunity = params.hasOpportunity ?? pass.facts.hasOpportunity
        call.audit.facts.append(("reason", params.reason))
        call.audit.changedFields = ["card"] + (hasOpportunity == pass.facts.hasOpportunity ? [] : ["hasOpportunity"])
        try params.card.reasons(in: pass.cardSystem, hasOpportunity: hasOpportunity, call).refuse()
        let counter = StepCounter.at(call.caller.counter?.id)
        // Both steps of its life that are left.
        try call.transaction.run([
            call.taking(
                .block, with: "c.group_pass_id = \(pass.id) and c.status = \(CardStatus.active)", counter: counter,
                reason: params.reason),
            call.taking(
                .delete, with: "c.group_pass_id = \(pass.id) and c.status = \(CardStatus.blocked)",
                counter: counter, reason: params.reason),
            """
            update group_pass set has_opportunity = \(hasOpportunity), version = version + 1 where id = \(pass.id)
            """,
        ])
        try params.card.give(to: pass.id, in: pass.cardSystem, hasOpportunity: hasOpportunity, call)
        return try call.groupPass(pass.id)
    }
}
