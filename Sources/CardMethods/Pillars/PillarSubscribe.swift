import CardRules
import JSONRPC

enum PillarSubscribe: PreparedMethod {
    static let declaration = Declaration(
        "pillar.subscribe", .session, by: [.pillar],
        "Sends `pillar.assignedEventChanged` whenever what the pillar shows changes.",
        details:
            "The parameters of the notification are the result of `pillar.assignedEvent`. The answer is the current "
            + "one. The subscription ends with the connection, or with `pillar.unsubscribe`.")

    typealias Result = AssignedEventView

    static func run(_ params: NoParameters, _ prelude: Prelude) async throws -> Answer {
        guard let pillar = prelude.caller.pillar else { throw RPCError(.permissionMissing) }
        guard prelude.peer.push != nil else { throw RPCError.invalid("a subscription needs a connection that stays") }
        try await prelude.services.directory.load()
        prelude.peer.answerPings()
        var shown = try current(pillar, prelude.services)
        while true {
            prelude.services.subscriptions.add(prelude.peer, as: pillar, showing: shown)
            // What changed since the look was told to nobody.
            let now = try current(pillar, prelude.services)
            if now.reply == shown.reply { return Answer(bytes: now.reply) }
            shown = now
        }
    }

    private static func current(_ pillar: Caller.Pillar, _ services: Services) throws -> ShownAssignment {
        let shown = services.directory.assignment(of: pillar.id, at: services.clock.now)
        guard let shown else { throw RPCError(.databaseUnavailable) }
        return shown
    }
}
