import CardRules
import JSONRPC
import Postgres

enum SessionCounters: Method {
    static let declaration = Declaration(
        "session.counters", .reads, by: [.account],
        "Lists the counters at which the caller works, those chosen last first.")

    struct Params: Parameters {
        let page: PageRequest
        init(from reader: inout ParameterReader) { page = PageRequest(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CounterChoice> {
        guard let account = call.caller.accountID else { throw RPCError(.permissionMissing) }
        return try call.asPlatform { try CounterChoice.page(of: account, params.page, in: call.transaction) }
    }
}
