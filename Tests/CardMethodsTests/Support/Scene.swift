import CardRules
import JSONRPC
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import CardMethods

extension Trait where Self == OwnDatabase {
    /// A database with `SceneData` in it, in a test world.
    static var scene: Self {
        Self(
            .init("scene") { conninfo in
                _ = try DatabaseSchema.migrate(ConnectionSettings(conninfo), world: .test, logger: Scene.logger)
                let connection = try Connection(ConnectionSettings(conninfo), logger: Scene.logger)
                _ = try connection.run(SceneData.statements(BusinessClock().realNow))
                let scene = try await Scene(conninfo)
                let documents = SceneData.Place.allCases.flatMap {
                    [SceneDocuments.organizer($0), SceneDocuments.hall($0)]
                }
                _ = try await scene.ok(
                    try scene.peer(.operating), "event.import",
                    ["documents": .array(documents + [SceneDocuments.event(1, SceneDocuments.always)])])
                await scene.close()
            })
    }
}

/// One daemon without its sockets, on the database of the test. Several on one database are several daemons.
final class Scene: Sendable {
    let services: Services
    let dispatcher: Dispatcher
    /// As the superuser, beside everything that binds the daemon.
    let owner: Database
    private let listener: Listener?
    /// Sends the changes of card systems, as a daemon does.
    private let telling: Task<Void, Never>
    private let lastKey = Mutex(0)
    /// Sets its idempotency keys apart from those of other daemons on the database, and of the one that filled it.
    private let keyPrefix = ID<Never>(at: BusinessClock().realNow).text

    static let logger: Logger = {
        var logger = Logger(label: "scene")
        logger.logLevel = .critical
        return logger
    }()

    /// - Parameter isFollowing: Whether its memory hears of changes, as a daemon's does.
    init(
        _ conninfo: String = OwnDatabase.conninfo, settings: MethodSettings = .scene, failpoints: Failpoints = .none,
        isFollowing: Bool = true
    ) async throws {
        let connection = ConnectionSettings(conninfo)
        services = Services(
            connection: connection, poolSize: 4, keys: Keys(master: Array(repeating: 7, count: 32)), settings: settings,
            failpoints: failpoints, logger: Self.logger)
        dispatcher = Dispatcher(services: services)
        var own = Database.Configuration(connection)
        own.poolSize = 2
        owner = Database(own, logger: Self.logger)
        listener = isFollowing ? Listener(connection, channels: ["ksbd_change"], logger: Self.logger) : nil
        services.directory.tellChanges { [weak services] pillars in
            guard let services else { return }
            services.subscriptions.announce(pillars, services.directory, at: services.clock.now)
        }
        let directory = services.directory
        telling = Task { [services] in
            while !Task.isCancelled {
                try? await services.feeds.deliver(services)
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        if let listener {
            Task { await directory.follow(listener, logger: Self.logger) }
            // The first that is heard is that nothing was heard before: then everything is read.
            await eventually("the memory is filled") { directory.isLoaded }
        } else {
            try await directory.load()
        }
    }

    func close() async {
        telling.cancel()
        listener?.close()
        await services.close()
        await owner.close()
    }

    /// Runs a body with a daemon that is closed afterwards.
    static func with<R>(
        settings: MethodSettings = .scene, failpoints: Failpoints = .none, isFollowing: Bool = true,
        _ body: (Scene) async throws -> R
    ) async throws -> R {
        let scene = try await Scene(settings: settings, failpoints: failpoints, isFollowing: isFollowing)
        do {
            let result = try await body(scene)
            await scene.close()
            return result
        } catch {
            await scene.close()
            throw error
        }
    }

    var now: Instant { services.clock.now }

    // MARK: Callers

    /// A connection of its own on which somebody is logged in.
    func peer(_ person: SceneData.Person) async throws -> Peer { try await peer(token: person.token) }

    func peer(token: String, push: (@Sendable ([UInt8]) -> Bool)? = nil) async throws -> Peer {
        let peer = try await dispatcher.peer(token: token, source: "\(token.hashValue)").get()
        return push == nil ? peer : Peer(source: peer.source, caller: peer.caller, push: push)
    }

    /// A connection on which nobody is logged in, from an address that nobody else has.
    func stranger() -> Peer { Peer(source: "stranger \(nextKey())") }

    // MARK: Calls

    func nextKey() -> String {
        "key-"
            + String(
                lastKey.withLock {
                    $0 += 1
                    return $0
                })
    }

    /// Calls a method, and proves that the answer keeps to its declaration.
    func call(
        _ peer: Peer, _ method: String, _ params: JSON = [:], key: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> Result<JSON, RPCError> {
        guard let method = dispatcher.methods[method] else { fatalError("there is no method \(method)") }
        var members = params.object!.members
        if method.declaration.mutates {
            let own = key ?? "\(keyPrefix) \(nextKey())"
            members.append(.init(name: "idempotencyKey", value: .string(own)))
        }
        let answer: Result<JSON, RPCError> = await dispatcher.call(method, JSONObject(members), peer).map { bytes in
            do { return try JSON(parsing: bytes) } catch { fatalError("\(method.name) answers no JSON: \(error)") }
        }
        for fault in method.declaration.faults(in: answer) {
            Issue.record("\(method.name) does not keep to its declaration: \(fault)", sourceLocation: sourceLocation)
        }
        return answer
    }

    /// The answer of a call that must succeed.
    @discardableResult
    func ok(
        _ peer: Peer, _ method: String, _ params: JSON = [:], key: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let result = await call(peer, method, params, key: key, sourceLocation: sourceLocation)
        if case .failure(let error) = result {
            Issue.record("\(method): \(error.code) \(error.data?.text ?? "")", sourceLocation: sourceLocation)
        }
        return try result.get()
    }

    /// The kinds of a refusal's reasons, or the kind of another error; what was answered if it was neither.
    func refused(_ peer: Peer, _ method: String, _ params: JSON = [:], key: String? = nil) async -> [String] {
        await call(peer, method, params, key: key).kinds
    }

    // MARK: The database

    func sql(_ statements: SQL...) async throws {
        try await owner.transaction { _ = try $0.run(statements) }
    }

    func value<Value: PostgresValue & Sendable>(_ statement: SQL) async throws -> Value {
        try await owner.transaction { try $0.query(statement)[0][0] }
    }

    func count(_ statement: SQL) async throws -> Int { try await value("select count(*) from \(fragment: statement)") }
}

extension MethodSettings {
    static var scene: MethodSettings {
        var settings = MethodSettings()
        settings.passwordRounds = 1 << 4
        settings.allowsClockControl = true
        return settings
    }
}

extension Result<JSON, RPCError> {
    /// The kinds of a refusal's reasons, or the kind of another error; what was answered if it was neither.
    var kinds: [String] {
        switch self {
        case .success(let json): ["answered \(json.text)"]
        case .failure(let error):
            error.data?["reasons"]?.array?.compactMap { $0["kind"]?.string } ?? ["\(error.code)"]
        }
    }
}

extension JSON {
    /// A member that must be there, or null.
    subscript(path: String...) -> JSON {
        path.reduce(self) { json, name in json[name] ?? .null }
    }
}
