import CardMethods
import HTTPTypes
import Hummingbird
import JSONRPC
import Logging
import NIOCore
import NIOPosix

/// The same methods at `POST /rpc`, beside what monitors ask: `/health`, `/ready`, `/metrics`.
struct HTTPListener {
    let server: RPCServer
    let readiness: @Sendable () async -> Readiness
    let gauges: @Sendable () -> [(name: String, help: String, value: Int)]

    /// After which a connection that asks nothing is closed.
    private static let idleSeconds: Int64 = 60

    /// The router's request context: it knows where the request came from.
    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let source: String
        let isLoopback: Bool

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            let address = source.channel.remoteAddress?.ipAddress
            self.source = address ?? "local"
            isLoopback = address.map { $0 == "::1" || $0.hasPrefix("127.") || $0.hasPrefix("::ffff:127.") } ?? true
        }
    }

    func application(
        host: String, port: Int, maximumConnections: Int, group: MultiThreadedEventLoopGroup, logger: Logger,
        onStart: @escaping @Sendable (any Channel) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router(), server: .http1(configuration: .init(idleTimeout: .seconds(Self.idleSeconds))),
            configuration: .init(
                address: .hostname(host, port: port), serverName: "ksbd",
                availableConnectionsDelegate: .maximum(maximumConnections, logger: logger)),
            onServerRunning: onStart, eventLoopGroupProvider: .shared(group), logger: logger)
    }

    private func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.get("health") { _, _ in "ok\n" }
        router.get("ready") { [readiness] _, _ in
            let state = await readiness()
            return Self.json(state.isReady ? .ok : .serviceUnavailable, state.json.bytes)
        }
        router.get("metrics") { [server, gauges] request, context in
            // Load and method names are for the operator's monitoring on the same machine, not for whom a proxy on it
            // lets through.
            let isForwarded = [HTTPField.Name.forwarded, .xForwardedFor].contains { request.headers[$0] != nil }
            guard context.isLoopback, !isForwarded else { throw HTTPError(.forbidden) }
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4"],
                body: .init(byteBuffer: ByteBuffer(string: server.metrics.text(gauges: gauges()))))
        }
        router.post("rpc") { [server] request, context in await Self.call(request, context, server) }
        return router
    }

    private static func call(_ request: Hummingbird.Request, _ context: Context, _ server: RPCServer) async -> Response
    {
        let peer: Peer
        switch await server.peer(bearer: request.headers[.authorization], source: context.source) {
        case .success(let known): peer = known
        case .failure(let error):
            let isStranger = error == RPCError(.loginMissing)
            var response = json(isStranger ? .unauthorized : .serviceUnavailable, Reply.error(.null, error))
            if isStranger { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
        let limit = server.messageLimit(for: peer.caller)
        guard let body = try? await request.body.collect(upTo: limit) else {
            server.metrics.messageRefused()
            return json(.contentTooLarge, Reply.error(.null, .tooLarge(limit: limit)))
        }
        let incoming = server.parse(Array(body.readableBytesView), of: peer.caller)
        switch incoming {
        case .refused(let error):
            server.metrics.messageRefused()
            return json(.badRequest, Reply.error(.null, error))
        case .single(let call): return reply(await server.batch([call], peer).map(Self.withoutBrackets))
        case .batch(let calls): return reply(await server.batch(calls, peer))
        }
    }

    /// A single call runs as a batch of one; its reply stands alone.
    private static func withoutBrackets(_ batch: [UInt8]) -> [UInt8] { Array(batch.dropFirst().dropLast()) }

    private static func reply(_ bytes: [UInt8]?) -> Response {
        bytes.map { json(.ok, $0) } ?? Response(status: .noContent)
    }

    private static func json(_ status: HTTPResponse.Status, _ bytes: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension HTTPField.Name {
    fileprivate static let forwarded = Self("Forwarded")!
    fileprivate static let xForwardedFor = Self("X-Forwarded-For")!
}

/// Whether the daemon can do its work, and what stands in the way.
public struct Readiness: Sendable {
    public var problems: [String]
    public var timeIsSimulated: Bool

    public var isReady: Bool { problems.isEmpty }

    var json: JSON {
        [
            "ready": .bool(isReady), "problems": .array(problems.map(JSON.string)),
            "timeIsSimulated": .bool(timeIsSimulated),
        ]
    }
}

extension RPCServer {
    /// Who sends a bearer token; a stranger without one.
    func peer(bearer: String?, source: String) async -> Result<Peer, RPCError> {
        guard let bearer else { return .success(Peer(source: source)) }
        let words = bearer.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return .failure(RPCError(.loginMissing)) }
        return await dispatcher.peer(token: String(words[1]), source: source)
    }
}
