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

    /// Serves until SIGTERM or SIGINT, then finishes what is under way.
    ///
    /// - Parameter started: Called once all listeners are up.
    public func serve(_ started: @escaping @Sendable (Started) async throws -> Void) async throws {
        signal(SIGPIPE, SIG_IGN)
        // Without TLS there is nothing to read anew, and the process must not end by it either.
        signal(SIGHUP, SIG_IGN)
        OpenFiles.raiseLimit()
        try await DatabaseAccess.with(settings, isDemo: isDemo, logger: logger) { access in
            try await run(access, started)
        }
    }

    private func run(_ access: DatabaseAccess, _ started: @escaping @Sendable (Started) async throws -> Void) async throws {
        let services = Services(
            connection: access.connection, poolSize: settings.database.poolSize,
            keys: CardMethods.Keys(master: try settings.keys.master()), settings: settings.methods,
            failpoints: try settings.failpoints(), logger: logger)
        let metrics = Metrics()
        let server = RPCServer(
            Dispatcher(services: services), limits: settings.limits, metrics: metrics, logger: logger)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        for loop in group.makeIterator() { try await server.adopt(loop).get() }
        let state = DaemonState(access: access, services: services, logger: logger)
        let rpc = try await RPCListener.start(
            server, host: settings.rpc.host, port: settings.rpc.port, group: group,
            maximumConnections: settings.limits.connections)
        let tls = try await tlsListener(server, group)
        let http = HTTPListener(
            server: server, readiness: { await state.readiness() }, gauges: { state.gauges(metrics) }
        ).application(
            host: settings.http.host, port: settings.http.port, group: group, logger: logger
        ) { channel in
            do {
                try await started(
                    Started(
                        rpcPort: rpc.port, tlsPort: tls?.port, httpPort: channel.localAddress?.port ?? 0,
                        dispatcher: server.dispatcher))
                Notify.ready()
            } catch {
                logger.critical("start failed", metadata: ["error": "\(error)"])
                kill(getpid(), SIGTERM)
            }
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: http), .init(service: Background(state: state, settings: settings)),
                .init(
                    service: Doors(
                        listeners: [rpc, tls].compactMap(\.self), server: server, seconds: settings.limits.drainSeconds)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(settings.limits.drainSeconds + 5)
        try await ServiceGroup(configuration: configuration).run()
        await services.close()
        try await group.shutdownGracefully()
    }

    private func tlsListener(_ server: RPCServer, _ group: MultiThreadedEventLoopGroup) async throws -> RPCListener? {
        guard let port = settings.rpc.tls.port, let certificate = settings.rpc.tls.certificateFile,
            let key = settings.rpc.tls.keyFile
        else { return nil }
        let contexts = try TLSContexts(certificateFile: certificate, keyFile: key.path, logger: logger)
        contexts.reloadOnHangUp()
        return try await RPCListener.start(
            server, host: settings.rpc.tls.host, port: port, group: group,
            maximumConnections: settings.limits.connections, tls: { contexts.current })
    }
}

/// The doors: they are open until the daemon is told to go; then nobody new comes in, and those inside are seen out.
private struct Doors: Service {
    let listeners: [RPCListener]
    let server: RPCServer
    let seconds: Int

    func run() async throws {
        try? await gracefulShutdown()
        Notify.stopping()
        for listener in listeners { await listener.stop() }
        server.drain()
        let end = ContinuousClock.now + .seconds(seconds)
        while server.metrics.openConnections > 0, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// What goes on beside the calls: following the database's changes, and doing what time makes due.
private struct Background: Service {
    let state: DaemonState
    let settings: Settings

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await state.follow() }
                group.addTask { await state.watchClock() }
            }
        } onGracefulShutdown: {
            state.stop()
        }
    }
}
