import JSONRPC
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A listener that behaves as a test says, to see what the client makes of it.
final class FakeDaemon: Sendable {
    /// What is done about one message of the client.
    enum Step: Sendable {
        case reply(JSON)
        case fail(RPCError)
        /// Sends these bytes as they are.
        case send(String)
        case close
    }

    /// All that has been received, in its order.
    private let received = Mutex<[Incoming.Call]>([])
    let port: Int

    private init(port: Int) { self.port = port }

    /// - Parameter answer: Gets each message, with the number of the connection it came on, counted from 1.
    static func start(
        tls: NIOSSLContext? = nil, _ answer: @escaping @Sendable (Incoming.Call, Int) -> [Step]
    ) async throws -> FakeDaemon {
        let connections = Mutex(0)
        let sink = Sink()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = connections.withLock { count in
                        count += 1
                        return count
                    }
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(
                        Connection { call in
                            sink.daemon.withLock { $0 }?.received.withLock { $0.append(call) }
                            return answer(call, number)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let daemon = FakeDaemon(port: channel.localAddress?.port ?? 0)
        sink.daemon.withLock { $0 = daemon }
        return daemon
    }

    /// One that answers requests by their method.
    static func start(_ answers: [String: Step]) async throws -> FakeDaemon {
        try await start { call, _ in
            guard case .request(let request) = call else { return [] }
            return answers[request.method].map { [$0] } ?? [.fail(.unknownMethod(nearest: nil))]
        }
    }

    var calls: [Incoming.Call] { received.withLock { $0 } }

    var requests: [Request] { calls.compactMap { if case .request(let request) = $0 { request } else { nil } } }

    private final class Sink: Sendable {
        let daemon = Mutex<FakeDaemon?>(nil)
    }

    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var decoder = FrameDecoder()
        private let answer: @Sendable (Incoming.Call) -> [Step]

        init(_ answer: @escaping @Sendable (Incoming.Call) -> [Step]) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            unwrapInboundIn(data).withUnsafeReadableBytes { decoder.append($0) }
            while let frame = decoder.next() {
                guard case .message(let bytes) = frame, case .single(let call) = Incoming(message: bytes) else {
                    continue
                }
                for step in answer(call) { take(step, for: call, context) }
            }
        }

        private func take(_ step: Step, for call: Incoming.Call, _ context: ChannelHandlerContext) {
            var id = RequestID.null
            if case .request(let request) = call, let known = request.id { id = known }
            switch step {
            case .reply(let result): send(Reply.result(id, result.bytes), context)
            case .fail(let error): send(Reply.error(id, error), context)
            case .send(let text): send(Array(text.utf8), context)
            case .close: context.close(promise: nil)
            }
        }

        private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            let buffer = context.channel.allocator.buffer(bytes: bytes + [UInt8(ascii: "\n")])
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        }
    }
}
