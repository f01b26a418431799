import JSONRPC
import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a daemon, for people's tools and tests: calls may overlap, answers find their calls by id, and the
/// daemon's pings are answered.
public final class CardClient: Sendable {
    private let channel: any Channel
    private let calls: PendingCalls
    private let timeoutSeconds: Int
    /// What the daemon says unasked, for one listener; ends with the connection. If nobody listens, the oldest of
    /// more than a thousand are lost.
    public let notifications: AsyncStream<Notification>

    private init(
        _ channel: any Channel, _ calls: PendingCalls, _ notifications: AsyncStream<Notification>, timeoutSeconds: Int
    ) {
        (self.channel, self.calls, self.notifications) = (channel, calls, notifications)
        self.timeoutSeconds = timeoutSeconds
    }

    /// Opens a connection; with TLS, it is there once the daemon's certificate has been accepted.
    ///
    /// - Parameters:
    ///   - host: A name or an address.
    ///   - tls: `nil` for plain TCP.
    ///   - timeoutSeconds: For the connection, and for each call's answer.
    public static func connect(
        host: String, port: Int, tls: ClientTLS? = nil, timeoutSeconds: Int = 60
    ) async throws(CallFailure) -> CardClient {
        let calls = PendingCalls()
        let (stream, continuation) = AsyncStream.makeStream(
            of: Notification.self, bufferingPolicy: .bufferingNewest(1024))
        let patience = TimeAmount.seconds(Int64(timeoutSeconds))
        do {
            let context = try tls.map { try $0.context() }
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(patience)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let context { try pipeline.addHandler(tlsHandler(context, host)) }
                        try pipeline.addHandler(ClientHandler(calls, continuation, waitsForTLS: context != nil))
                    }
                }
                .connect(host: host, port: port).get()
            try await ready(channel, within: patience)
            return CardClient(channel, calls, stream, timeoutSeconds: timeoutSeconds)
        } catch {
            throw .unreachable("\(host) port \(port): \(ConnectionReason.text(of: error))")
        }
    }

    private static func tlsHandler(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        do {
            return try NIOSSLClientHandler(context: context, serverHostname: host)
        } catch let error as NIOSSLExtraError where error == .cannotUseIPAddressInSNI {
            // An address is not sent as a name; the certificate is then checked for the address itself.
            return try NIOSSLClientHandler(context: context, serverHostname: nil)
        }
    }

    private static func ready(_ channel: any Channel, within patience: TimeAmount) async throws {
        try await channel.eventLoop.flatSubmit {
            do {
                let handler = try channel.pipeline.syncOperations.handler(type: ClientHandler.self)
                let ready = handler.whenReady(on: channel.eventLoop)
                let timer = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
                ready.whenComplete { _ in timer.cancel() }
                return ready
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }

    /// Calls a method and waits for its result.
    ///
    /// - Parameter params: An object, an array, or `null` for none.
    public func call(_ method: String, params: JSON = .null) async throws(CallFailure) -> JSON {
        switch try await callRaw(method, params: params).outcome {
        case .success(let result): return result
        case .failure(let error): throw .answered(error)
        }
    }

    /// Calls a method and gives the whole answer, an error of the daemon's too.
    public func callRaw(_ method: String, params: JSON = .null) async throws(CallFailure) -> Response {
        let result = await withCheckedContinuation { answer in
            guard let id = calls.begin(answer) else { return }
            let request = Request(id: .integer(id), method: method, params: Request.Params(params))
            let buffer = channel.allocator.buffer(bytes: Framing.line.frame(request.bytes))
            channel.eventLoop.execute { [channel, calls, timeoutSeconds] in
                let timer = channel.eventLoop.scheduleTask(in: .seconds(Int64(timeoutSeconds))) {
                    calls.answer(id, .failure(.timedOut(seconds: timeoutSeconds)))
                }
                calls.set(timer, for: id)
                channel.writeAndFlush(buffer, promise: nil)
            }
        }
        return try result.get()
    }

    /// Ends the connection. Calls under way fail.
    public func close() async {
        calls.end(.connectionLost("the connection was closed on this side"))
        try? await channel.close().get()
    }
}

extension Request.Params {
    /// Anything but an object or an array counts as none.
    init(_ json: JSON) {
        switch json {
        case .object(let object): self = .named(object)
        case .array(let values): self = .positional(values)
        default: self = .absent
        }
    }
}
