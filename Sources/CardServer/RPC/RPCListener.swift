import CardMethods
import Glibc
import JSONRPC
import NIOCore
import NIOPosix
import NIOSSL

/// Accepts connections on one port, plain or with TLS.
struct RPCListener: Sendable {
    let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }

    /// - Parameter tls: gives the context for each new connection, so that a rotated certificate is used at once.
    static func start(
        _ server: RPCServer, host: String, port: Int, group: MultiThreadedEventLoopGroup, maximumConnections: Int,
        tls: (@Sendable () -> NIOSSLContext)? = nil
    ) async throws -> RPCListener {
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: server.limits.outboundPauseBytes / 2, high: server.limits.outboundPauseBytes)
            )
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 65_536)
            )
            .childChannelInitializer { channel in
                guard server.metrics.openConnections < maximumConnections else {
                    server.metrics.connectionRejected()
                    return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
                }
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls())) }
                    try server.install(on: channel)
                }
            }
        for (option, value) in keepAlive { bootstrap = bootstrap.childChannelOption(.tcpOption(option), value: value) }
        return RPCListener(channel: try await bootstrap.bind(host: host, port: port).get())
    }

    /// A peer whose machine or network has gone says nothing: asked after a minute, it is given up two minutes in;
    /// while something was sent to it, after half a minute.
    private static let keepAlive: [(NIOBSDSocket.Option, Int)] = [
        (.init(rawValue: TCP_KEEPIDLE), 60), (.init(rawValue: TCP_KEEPINTVL), 10), (.init(rawValue: TCP_KEEPCNT), 6),
        (.init(rawValue: TCP_USER_TIMEOUT), 30_000),
    ]

    /// Accepts no more; connections that are open go on.
    func stop() async { try? await channel.close() }
}

extension RPCServer {
    /// Puts the handler of a new connection into its channel. Runs on the channel's loop.
    func install(on channel: any Channel) throws {
        let source = channel.remoteAddress?.ipAddress ?? "local"
        let peer = Peer(source: source) { [weak channel] notification in
            guard let channel, channel.isActive else { return false }
            channel.eventLoop.execute {
                try? channel.pipeline.syncOperations.handler(type: ConnectionHandler.self).push(notification)
            }
            return true
        }
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(self, peer, now: .now()))
    }
}
