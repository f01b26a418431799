import CardRules
import JSONRPC
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import CardMethods
@testable import CardServer

extension Trait where Self == OwnDatabase {
    /// A database with the demo world in it, and what `ServedWorld` names.
    static var servedWorld: Self {
        Self(.init("served_world") { conninfo in try await ServedWorld.build(in: conninfo) })
    }

    /// A database with tables and nothing in them.
    static var servedEmpty: Self {
        Self(
            .init("served_empty") { conninfo in
                _ = try DatabaseSchema.migrate(ConnectionSettings(conninfo), world: .test, logger: ServedWorld.logger)
            })
    }
}

/// Who can log in to a world that daemons serve, and with what cards there.
enum ServedWorld {
    struct Facts: Sendable {
        var operatorToken = ""
        var coordinatorToken = ""
        /// Of a pillar that is fixed on an event that is always open and has no limit.
        var pillarCredential = ""
        var pillar = ""
        var cardSystem = ""
        /// Chips of cards that check-ins are taken from.
        var chips: [String] = []
    }

    private static let made = Mutex(Facts())

    /// What was made with the template; its copies hold the same.
    static var facts: Facts { made.withLock { $0 } }

    static let logger: Logger = {
        var logger = Logger(label: "world")
        logger.logLevel = .error
        return logger
    }()

    static func build(in conninfo: String) async throws {
        let connection = ConnectionSettings(conninfo)
        _ = try DatabaseSchema.migrate(connection, world: .test, logger: logger)
        var settings = MethodSettings()
        settings.passwordRounds = 1 << 4
        let services = Services(
            connection: connection, keys: Keys(master: DaemonProcess.masterKey), settings: settings, logger: logger)
        // Each write waits until memory has heard of it.
        let listener = Listener(connection, channels: ["ksbd_change"], logger: logger)
        async let following: Void = services.directory.follow(listener, logger: logger)
        let facts = try await people(Dispatcher(services: services))
        made.withLock { $0 = facts }
        listener.close()
        await following
        await services.close()
    }

    private static func people(_ dispatcher: Dispatcher) async throws -> Facts {
        try await DemoBuilder(dispatcher).build(name: "Region", neighbour: "Neighbour", freePillar: "FREE-1")
        var facts = Facts()
        let (host, coordinator) = (DemoActor(dispatcher), DemoActor(dispatcher))
        facts.operatorToken = try await token(host, DemoWorld.operatorEmail)
        facts.coordinatorToken = try await token(coordinator, DemoWorld.coordinatorEmail)
        let event: JSON = .string(DemoDocuments.alwaysOpen.text)
        try await host.call("event.setSettings", ["eventId": event, "checkInPoints": 1])
        let pillars = try await coordinator.call("pillar.list", ["limit": 100])["items"]?.array ?? []
        let pillar = try #require(pillars.first { $0["name"]?.string == "FREE-1" })
        facts.pillar = try pillar.text(at: "id")
        facts.cardSystem = try pillar.text(at: "cardSystemId")
        try await coordinator.call("pillar.setFixedEvent", ["pillarId": .string(facts.pillar), "eventId": event])
        let code = try await coordinator.call("pillar.release", ["pillarId": .string(facts.pillar)])
            .text(at: "setUpCode", "code")
        facts.pillarCredential = try await DemoActor(dispatcher).call(
            "pillar.setUp", ["pillarName": "FREE-1", "code": .string(code), "deviceId": "device"]
        ).text(at: "credential")
        // The fourth of every four has no card, and the second one's is blocked.
        facts.chips = (0..<40).filter { $0 % 4 != 3 && $0 != 1 }.map { DemoBuilder.chip($0 + 1) }
        return facts
    }

    private static func token(_ actor: DemoActor, _ email: String) async throws -> String {
        try await actor.call("session.login", ["email": .string(email), "password": .string(DemoWorld.password)])
            .text(at: "token")
    }

    /// The rows of a statement, as the owner of the database sees them.
    static func rows(_ statement: SQL, in conninfo: String = OwnDatabase.conninfo) throws -> [Row] {
        try Array(Connection(ConnectionSettings(conninfo), logger: logger).run([statement])[0])
    }

    static func count(_ statement: SQL, in conninfo: String = OwnDatabase.conninfo) throws -> Int {
        try rows(statement, in: conninfo)[0][0]
    }
}
