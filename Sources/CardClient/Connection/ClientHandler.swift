import JSONRPC
import NIOCore
import NIOTLS

/// A message from the daemon that nobody asked for.
public struct Notification: Sendable, Hashable {
    public var method: String
    /// An object, an array, or `null` if there were none.
    public var params: JSON

    public init(method: String, params: JSON) { (self.method, self.params) = (method, params) }
}

/// The client's end of a connection: matches answers to calls, hands out notifications, answers pings.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What we take from a daemon that we chose ourselves: a whole reply of the largest size.
    private static let limits: WireLimits = {
        var limits = WireLimits()
        limits.messageBytesBeforeLogin = limits.replyBytes + 64 * 1024
        limits.json = JSONLimits(depth: 64, values: 4_000_000, stringBytes: limits.replyBytes)
        return limits
    }()

    private let calls: PendingCalls
    private let notifications: AsyncStream<Notification>.Continuation
    private let waitsForTLS: Bool
    private var decoder = FrameDecoder(ClientHandler.limits)
    private var ready: EventLoopPromise<Void>?
    private var isReady = false
    private var failure: (any Error)?

    init(_ calls: PendingCalls, _ notifications: AsyncStream<Notification>.Continuation, waitsForTLS: Bool) {
        (self.calls, self.notifications, self.waitsForTLS) = (calls, notifications, waitsForTLS)
    }

    /// Completes once calls can be sent: for TLS, after the handshake. To be called on the event loop.
    func whenReady(on loop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        if let failure {
            promise.fail(failure)
        } else if isReady {
            promise.succeed()
        } else {
            ready = promise
        }
        return promise.futureResult
    }

    func channelActive(context: ChannelHandlerContext) {
        if !waitsForTLS { becomeReady() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { becomeReady() }
        context.fireUserInboundEventTriggered(event)
    }

    private func becomeReady() {
        isReady = true
        ready?.succeed()
        ready = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(ChannelError.eof)
        context.fireChannelInactive()
    }

    private func end(_ error: any Error) {
        failure = failure ?? error
        ready?.fail(error)
        ready = nil
        calls.end(.connectionLost(ConnectionReason.text(of: error)))
        notifications.finish()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { decoder.append($0) }
        while let frame = decoder.next() {
            guard case .message(let bytes) = frame else { return errorCaught(context: context, error: NotJSONRPC()) }
            switch Incoming(message: bytes, limits: Self.limits) {
            case .refused: return errorCaught(context: context, error: NotJSONRPC())
            case .single(let call): take(call, context)
            case .batch(let calls): for call in calls { take(call, context) }
            }
        }
    }

    private func take(_ call: Incoming.Call, _ context: ChannelHandlerContext) {
        switch call {
        case .invalid: errorCaught(context: context, error: NotJSONRPC())
        case .response(let response):
            switch response.id {
            case .integer(let id): calls.answer(id, .success(response))
            case nil, .null:
                // A message of ours was not understood, and whichever it was, nothing else will be said about it.
                calls.answerAll(.success(response))
                context.close(promise: nil)
            case .number, .string: break
            }
        case .request(let request):
            if let id = request.id { return reply(to: request, id, context) }
            notifications.yield(Notification(method: request.method, params: request.params.json))
        }
    }

    private func reply(to request: Request, _ id: RequestID, _ context: ChannelHandlerContext) {
        let isPing = request.method == "rpc.ping"
        let reply =
            isPing ? Reply.result(id, JSON.string("pong").bytes) : Reply.error(id, .unknownMethod(nearest: nil))
        let buffer = context.channel.allocator.buffer(bytes: Framing.line.frame(reply))
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}

/// The other side answers, but not as a daemon of ours does.
struct NotJSONRPC: Error {}

extension Request.Params {
    var json: JSON {
        switch self {
        case .absent: .null
        case .named(let object): .object(object)
        case .positional(let values): .array(values)
        }
    }
}
