import CardRules
import JSONRPC
import Postgres

enum CounterConfirmIBAN: Method {
    static let declaration = Declaration(
        "counter.confirmIban", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Confirms, as a second person, the payout account that was proposed for a counter.",
        details: "It counts from the next payout batch. The counter is told by mail.",
        refusals: [.counterNotFound, .counterSecondPersonNeeded, .counterNoIBANProposed])

    struct Params: Parameters {
        let counter: CounterID
        let iban: IBAN

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            iban = reader.required("iban", "The account, once more, so that nobody confirms another than he saw.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.administeredCounter(params.counter)
        call.audit.changedFields = ["iban"]
        call.audit.facts.append(("iban", call.services.keys.auditDigest(params.iban.text)))
        if counter.proposedIBAN != params.iban { throw Refusal(.counterNoIBANProposed, at: "/iban") }
        let proposer: AccountID? = try call.transaction.query(
            "select iban_proposed_by from counter where id = \(counter.id)")[0][0]
        if proposer == call.caller.accountID { throw Refusal(.counterSecondPersonNeeded) }
        try call.transaction.execute(
            """
            update counter set iban = proposed_iban, iban_since = \(call.now), proposed_iban = null,
                iban_proposed_by = null, version = version + 1
            where id = \(counter.id)
            """)
        try IBANMail.queue(.confirmed, params.iban, for: counter, in: call)
        return try call.shownCounter(counter.id)
    }
}
