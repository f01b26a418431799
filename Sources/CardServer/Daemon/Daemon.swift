import CardMethods
import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Postgres
import ServiceLifecycle
import UnixSignals

/// The daemon: from settings to listeners, and back down in order.
public struct Daemon: Sendable {
    private let settings: Settings
    private let isDemo: Bool
    private let logger: Logger

    public init(_ settings: Settings, isDemo: Bool, logger: Logger) {
        (self.settings, self.isDemo, self.logger) = (settings, isDemo, logger)
    }

    /// What came up.
    public struct Started: Sendable {
        public let rpcPort: Int
        public let tlsPort: Int?
        public let httpPort: Int
        public let dispatcher: Dispatcher
    }

    /// Serves until SIGTERM or SIGINT, then finishes what is under way; a second signal stops at once.
    ///
    /// - Parameter started: Called once all listeners are up; if it throws, the daemon ends with its error.
    public func serve(_ started: @escaping @Sendable (Started) async throws -> Void) async throws {
        signal(SIGPIPE, SIG_IGN)
        // Without TLS there is nothing to read anew, and the process must not end by it either.
        signal(SIGHUP, SIG_IGN)
        try await DatabaseAccess.with(settings, isDemo: isDemo, logger: logger) { access in
            try await run(access, started)
        }
    }

    private func run(_ access: DatabaseAccess, _ started: @escaping @Sendable (Started) async throws -> Void)
        async throws
    {
        let keys = CardMethods.Keys(try settings.keys.masters()) { [settings] in try settings.keys.masters() }
        let services = Services(
            connection: access.connection, poolSize: settings.database.poolSize, keys: keys, settings: settings.methods,
            failpoints: try settings.failpoints(), logger: logger)
        let metrics = Metrics()
        let server = RPCServer(
            Dispatcher(services: services), limits: settings.limits, metrics: metrics, logger: logger)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        for loop in group.makeIterator() { try await server.adopt(loop).get() }
        let state = DaemonState(
            access: access, services: services, loops: Array(group.makeIterator()), logger: logger)
        try await state.lookAtKeys()
        let maximumConnections = connectionRoom()
        let rpc = try await RPCListener.start(
            server, host: settings.rpc.host, port: settings.rpc.port, group: group,
            maximumConnections: maximumConnections)
        let tls = try await tlsListener(server, group, maximumConnections)
        let (httpPorts, httpPort) = AsyncStream.makeStream(of: Int.self)
        let http = HTTPListener(
            server: server, readiness: { await state.readiness() }, gauges: { state.gauges(metrics) }
        ).application(
            host: settings.http.host, port: settings.http.port, maximumConnections: settings.limits.httpConnections,
            group: group, logger: logger
        ) { channel in
            httpPort.yield(channel.localAddress?.port ?? 0)
        }
        let opening = Opening(httpPorts: httpPorts) { port in
            try await started(
                Started(rpcPort: rpc.port, tlsPort: tls?.port, httpPort: port, dispatcher: server.dispatcher))
        }
        let doors = Doors(
            listeners: [rpc, tls].compactMap(\.self), server: server, state: state,
            seconds: settings.limits.drainSeconds)
        // They stop in reverse: calls that are under way as the doors close still need all the others.
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: Background(state: state)), .init(service: http), .init(service: opening),
                .init(service: doors),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(settings.limits.drainSeconds + 5)
        try await ServiceGroup(configuration: configuration).run()
        await server.hangUp()
        await state.leave()
        await services.close()
        try await group.shutdownGracefully()
    }

    /// As many connections as are wanted and the process may have descriptors for, leaving some for all else: the
    /// database and monitoring must not starve when strangers come in crowds.
    private func connectionRoom() -> Int {
        let files = OpenFiles.raiseLimit()
        let room = max(1, files - max(64, files / 10))
        if room < settings.limits.connections {
            logger.notice(
                "fewer connections than limits.connections, for want of descriptors",
                metadata: ["connections": "\(room)", "descriptors": "\(files)"])
        }
        return min(room, settings.limits.connections)
    }

    private func tlsListener(
        _ server: RPCServer, _ group: MultiThreadedEventLoopGroup, _ maximumConnections: Int
    ) async throws -> RPCListener? {
        guard let port = settings.rpc.tls.port, let contexts = try TLSContexts(settings.rpc.tls, logger: logger) else {
            return nil
        }
        contexts.reloadOnHangUp()
        return try await RPCListener.start(
            server, host: settings.rpc.tls.host, port: port, group: group, maximumConnections: maximumConnections,
            tls: { contexts.current })
    }
}

/// Tells the world that the daemon is up, once it is.
private struct Opening: Service {
    let httpPorts: AsyncStream<Int>
    let open: @Sendable (_ httpPort: Int) async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            for await port in httpPorts {
                do { try await open(port) } catch  where Task.isCancelled { return }
                Notify.ready()
            }
        }
    }
}

/// The doors: they are open until the daemon is told to go; then nobody new comes in, and those inside are seen out.
private struct Doors: Service {
    let listeners: [RPCListener]
    let server: RPCServer
    let state: DaemonState
    let seconds: Int

    func run() async throws {
        // Thrown only where another part of the daemon failed: then nobody waits for anybody.
        try await gracefulShutdown()
        Notify.stopping()
        state.beginStopping()
        for listener in listeners { await listener.stop() }
        server.drain()
        let impatient = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await withTaskGroup { group in
            group.addTask { await seeOut() }
            group.addTask { for await _ in impatient { return } }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits until all have gone, or for as long as we have.
    private func seeOut() async {
        let end = ContinuousClock.now + .seconds(seconds)
        while server.metrics.openConnections > 0, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// What goes on beside the calls: following the database's changes, doing what time makes due, and bulk work.
private struct Background: Service {
    let state: DaemonState

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await state.follow() }
                group.addTask { await state.watch() }
                group.addTask { await state.workOnJobs() }
                group.addTask { await state.tellChanges() }
            }
        }
    }
}
