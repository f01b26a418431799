import CardRules
import JSONRPC
import Postgres

enum CounterSetIBAN: Method {
    static let declaration = Declaration(
        "counter.setIban", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Proposes a payout account for a counter, which a second person then confirms.",
        details: "Replaces what was proposed before. The counter is told by mail.", refusals: [.counterNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let iban: IBAN

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            iban = reader.required("iban", "The account; its check digits are checked, a Belgian one's twice.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.administeredCounter(params.counter)
        call.audit.changedFields = ["proposedIban"]
        call.audit.facts.append(("iban", call.services.keys.auditDigest(params.iban.text)))
        try call.transaction.execute(
            """
            update counter set proposed_iban = \(params.iban), iban_proposed_by = \(call.caller.accountID),
                version = version + 1
            where id = \(counter.id)
            """)
        try IBANMail.queue(.proposed, params.iban, for: counter, in: call)
        return try call.shownCounter(counter.id)
    }
}
