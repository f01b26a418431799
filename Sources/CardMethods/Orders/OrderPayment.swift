import CardRules
import Postgres

/// How orders are paid: by bank transfer to the card system's account.
struct OrderPayment {
    let account: PaymentAccount?
    /// How long an order waits for its payment.
    let orderDays: Int

    init(of cardSystem: CardSystemID, in call: Call) throws {
        let row = try call.transaction.query(
            "select payment_iban, payment_beneficiary, order_days from card_system where id = \(cardSystem)")[0]
        account = PaymentAccount(iban: try row["payment_iban"], beneficiary: try row["payment_beneficiary"])
        orderDays = try row["order_days"]
    }

    /// Nothing is ordered where nothing could be paid.
    var reasons: [Reason] { account == nil ? [Reason(.orderPaymentNotSetUp, at: "/cardSystemId")] : [] }
}

extension StructuredCommunication {
    /// One that no order has. Another call may take the same one at the same moment; the constraint tells.
    static func free(in call: Call) throws -> StructuredCommunication {
        while true {
            guard let made = StructuredCommunication(number: .random(in: 0..<count)) else { continue }
            let existing = try call.asPlatform {
                try call.transaction.first("select from registration_order where communication = \(made)")
            }
            if existing == nil { return made }
        }
    }
}

/// What opens an order to who made it.
enum OrderToken {
    static let prefix = "kso_"
    /// For how long, in days of real time.
    static let days = 30
}
