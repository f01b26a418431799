import CardRules
import JSONRPC
import Postgres

enum SessionChooseCounter: PreparedMethod {
    static let declaration = Declaration(
        "session.chooseCounter", .session, by: [.account],
        "Chooses the counter at which the caller works from now on; rights are those of this one only.",
        details: "A counter that is not active yet can be chosen, and has no rights.", refusals: [.counterNotFound])

    struct Params: Parameters {
        let counter: CounterID?

        init(from reader: inout ParameterReader) {
            counter = reader.optional("counterId", "The counter; `null` to leave the one that was chosen.")
        }
    }

    typealias Result = SessionView

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        guard let session = prelude.caller.sessionID, let account = prelude.caller.accountID else {
            throw RPCError(.permissionMissing)
        }
        let services = prelude.services
        let (caller, view) = try await prelude.facts { transaction in
            Sessions.becomePlatform(transaction)
            if let counter = params.counter {
                let count = try transaction.execute(
                    """
                    update counter_member set last_chosen_at = \(services.clock.realNow)
                    where counter_id = \(counter) and account_id = \(account)
                    """)
                if count == 0 { throw Refusal(.counterNotFound, at: "/counterId") }
            }
            try transaction.execute(
                "update session set counter_id = \(params.counter) where id = \(session) and ended_at is null")
            let caller = try Sessions.caller(session: session, in: transaction, services)
            return (caller, try SessionView(of: caller, in: transaction))
        }
        prelude.peer.become(caller)
        return Answer(view)
    }
}
