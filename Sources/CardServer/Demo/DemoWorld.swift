import CardMethods
import CardRules
import JSONRPC
import Logging

/// A small region to play with, built by calling methods: the card system "UiTPAS Meetjesland" with its municipalities,
/// counters, staff, pillars, cards and pass holders, a season of events, and a second card system next to it.
enum DemoWorld {
    /// The password of all demo accounts. It exists only in a demo world, which listens on loopback only.
    static let password = "welkom in het meetjesland"
    static let operatorEmail = "operator@demo.example"
    static let coordinatorEmail = "coordinator@demo.example"
    static let neighbourEmail = "coordinator.leiestreek@demo.example"
    static let municipalityEmail = "gemeente.eeklo@demo.example"
    private static let name = "UiTPAS Meetjesland"
    private static let neighbour = "UiTPAS Leiestreek"
    private static let freePillar = "CID-EEK-001"

    /// Builds the world at the first start. What to tell the person who started it.
    static func prepare(_ dispatcher: Dispatcher, rpcPort: Int, logger: Logger) async throws -> [String] {
        let actor = DemoActor(dispatcher)
        let known = try await actor.call("cardSystem.list")["items"]?.array ?? []
        let counters = try await actor.call("pointOfSale.list", ["limit": 500])["items"]?.array ?? []
        // Its staff is what is made last: but for that the world is whole where the counter is.
        if !counters.contains(where: { $0["name"]?.string == DemoData.neighbourCounters.last?.name }) {
            guard known.isEmpty else {
                throw DemoFailure(
                    method: "serve --demo", reason: "an earlier start was broken off: remove the data directory")
            }
            logger.info("building the demo world")
            try await DemoBuilder(dispatcher).build(name: name, neighbour: neighbour, freePillar: freePillar)
        }
        return try await words(dispatcher, rpcPort: rpcPort)
    }

    /// The demo accounts, a code for the pillar that is free, and lines to try.
    private static func words(_ dispatcher: Dispatcher, rpcPort: Int) async throws -> [String] {
        let coordinator = DemoActor(dispatcher)
        try await coordinator.login(coordinatorEmail)
        let pillars = try await coordinator.call("pillar.list", ["limit": 100])["items"]?.array ?? []
        let port = rpcPort == 7420 ? "" : " --port \(rpcPort)"
        var lines = [
            "", "Demo accounts, all with the password '\(password)':",
            account(operatorEmail, "operator"), account(coordinatorEmail, "card-system administrator of \(name)"),
        ]
        lines.append(account(neighbourEmail, "card-system administrator of \(neighbour)"))
        lines.append(account(municipalityEmail, "municipality administrator of Eeklo"))
        lines += (DemoData.counters + DemoData.neighbourCounters).map { account($0.admin, "admin of \($0.name)") }
        lines += [
            "", "Try:", "  ksb login \(coordinatorEmail)\(port)", "  ksb call pillar.list",
        ]
        if let free = pillars.first(where: { $0["name"]?.string == freePillar }), free["deviceId"] == nil {
            let released = try await coordinator.call("pillar.release", ["pillarId": free["id"] ?? .null])
            let code = try released.text(at: "setUpCode", "code")
            lines.append("  ksb pillar set-up \(freePillar) \(code) demo-device\(port)")
        } else {
            lines.append("  ksb pillar watch")
        }
        try await coordinator.call("session.logout")
        return lines
    }

    private static func account(_ email: String, _ role: String) -> String {
        "  " + email + String(repeating: " ", count: max(2, 38 - email.count)) + role
    }
}
