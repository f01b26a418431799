import CardRules
import JSONRPC

enum OrderGet: PreparedMethod {
    static let declaration = Declaration(
        "order.get", .reads, by: [.everyone],
        "Tells where an order is to whoever has its token; nothing personal (ORD-03).",
        details: "For thirty days. One answer for a wrong order and a wrong token; of one source 20 a minute and 20 "
            + "misses an hour are let in.",
        refusals: [.orderNotFound])

    typealias Result = OrderView

    struct Params: Parameters {
        let order: RegistrationOrderID
        let token: String

        init(from reader: inout ParameterReader) {
            order = reader.required("orderId", "The order.")
            token = reader.required("token", "The order's own.")
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try await prelude.withOrderToken { call in try call.order(params.order, token: params.token) }
    }
}

extension Prelude {
    /// Does something with an order's token, which can be guessed at.
    func withOrderToken<Result: ResultValue>(
        _ body: @escaping @Sendable (Call) throws -> Result
    ) async throws -> Answer {
        try services.throttle.admit(.orderToken, from: peer)
        do {
            return try await perform(body)
        } catch let refusal as Refusal where refusal.kind == .orderNotFound {
            services.throttle.missed(.orderToken, from: peer)
            try await note(.orderTokenWrong)
            throw refusal
        }
    }
}
