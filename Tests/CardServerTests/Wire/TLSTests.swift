import Glibc
import JSONRPC
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import TestSupport
import Testing

@testable import CardServer

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct TLSTests {
    /// A certificate of our own and its key, in files.
    private static func makeCertificate(in folder: TestFolder, named name: String) throws -> (file: String, key: String)
    {
        let (file, key) = (folder.path + "/cert.pem", folder.path + "/key.pem")
        let arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name, "-keyout", key, "-out", file,
        ]
        guard try ChildProcess.run(arguments).isSuccess else { throw POSIXFailure(call: "openssl", number: 0) }
        chmod(key, 0o600)
        return (file, key)
    }

    private static func environment(_ files: (file: String, key: String)) -> [String: String] {
        [
            "KSBD_RPC_TLS_HOST": "127.0.0.1", "KSBD_RPC_TLS_PORT": "0", "KSBD_RPC_TLS_CERTIFICATE_FILE": files.file,
            "KSBD_RPC_TLS_KEY_FILE": files.key,
        ]
    }

    private static let ping = TestSocket.request("rpc.ping", [:], id: 1)
    private static let pong = #"{"jsonrpc":"2.0","id":1,"result":"pong"}"# + "\n"

    @Test func `calls go over TLS, with each framing, half-closed, and in quantity`() async throws {
        let folder = try TestFolder()
        let files = try Self.makeCertificate(in: folder, named: "one.example")
        try await withDaemon(Self.environment(files)) { daemon in
            let line = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "one.example")
            try await line.send(Self.ping)
            #expect(try await line.text(of: 41) == Self.pong)
            try await line.send(String(Self.ping.dropLast()))
            try await line.finish()
            #expect(try await line.rest() == Self.pong, "answered after the last word")
            let headed = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "one.example")
            try await headed.send("Content-Length: 56\r\n\r\n" + Self.ping.dropLast())
            #expect(try await headed.text(of: 62) == "Content-Length: 40\r\n\r\n" + Self.pong.dropLast())
            let many = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "one.example")
            try await many.send(String(repeating: TestSocket.request("rpc.discover", [:], id: 1), count: 30))
            try await many.finish()
            let answers = try await many.rest().split(separator: "\n")
            #expect(answers.count == 30 && Set(answers).count == 1)
        }
    }

    @Test func `SIGHUP takes a new certificate for new connections, and none that is broken`() async throws {
        let folder = try TestFolder()
        let files = try Self.makeCertificate(in: folder, named: "one.example")
        try await withDaemon(Self.environment(files)) { daemon in
            let old = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "one.example")
            let oldRoot = try folder.write("old.pem", FileText.read(files.file), mode: 0o600)
            _ = try Self.makeCertificate(in: folder, named: "two.example")
            await #expect(throws: (any Error).self, "not before it is told to") {
                _ = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "two.example")
            }
            daemon.kill(SIGHUP)
            #expect(await eventually { daemon.errors.contains("certificate read anew") })
            _ = try await TLSClient(port: daemon.tlsPort, trusting: files.file, name: "two.example")
            _ = try folder.write("cert.pem", "broken", mode: 0o600)
            daemon.kill(SIGHUP)
            #expect(await eventually { daemon.errors.contains("certificate not taken") })
            await #expect(throws: (any Error).self) {
                _ = try await TLSClient(port: daemon.tlsPort, trusting: oldRoot, name: "one.example")
            }
            try await old.send(Self.ping)
            #expect(try await old.text(of: 41) == Self.pong, "an old connection lives on")
        }
    }

    @Test func `SIGHUP does no harm without TLS`() async throws {
        try await withDaemon { daemon in
            daemon.kill(SIGHUP)
            try await Task.sleep(for: .milliseconds(100))
            #expect(try await daemon.connect().call("rpc.ping") == "pong")
        }
    }

    @Test func `a handshake that does not come is not waited for, and plain text is refused`() async throws {
        let folder = try TestFolder()
        let files = try Self.makeCertificate(in: folder, named: "one.example")
        let limit = ["KSBD_LIMITS_FIRST_MESSAGE_SECONDS": "1"]
        try await withDaemon(Self.environment(files).merging(limit) { $1 }) { daemon in
            let silent = try TestSocket(port: daemon.tlsPort)
            let plain = try TestSocket(port: daemon.tlsPort)
            await plain.send(Self.ping)
            #expect(try await !plain.rest(within: .seconds(5)).contains("pong"))
            #expect(try await silent.rest(within: .seconds(5)) == "")
        }
    }

    @Test func `a certificate that does not fit its key is found before anybody connects`() async throws {
        let folder = try TestFolder()
        let other = try TestFolder()
        let files = try Self.makeCertificate(in: folder, named: "one.example")
        let others = try Self.makeCertificate(in: other, named: "two.example")
        let environment = Self.environment((files.file, others.key))
        for command in ["check-config", "serve"] {
            let result = try await runProgram([command], environment)
            #expect(result.end == .exit(78) && result.errors.contains("key.pem cannot be used for TLS"), "\(command)")
        }
    }
}

/// One connection over TLS.
private final class TLSClient: Sendable {
    private let channel: any Channel
    private let received = Received()

    private actor Received {
        var text: [UInt8] = []
        var isOver = false
        func take(_ bytes: [UInt8]) { text += bytes }
        func end() { isOver = true }
        func first(_ count: Int) -> String {
            defer { text.removeFirst(count) }
            return String(decoding: text[..<count], as: UTF8.self)
        }
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let continuation: AsyncStream<[UInt8]>.Continuation
        let handshake: EventLoopPromise<Void>

        init(_ continuation: AsyncStream<[UInt8]>.Continuation, _ handshake: EventLoopPromise<Void>) {
            (self.continuation, self.handshake) = (continuation, handshake)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
        }
        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case TLSUserEvent.handshakeCompleted = event { handshake.succeed() }
            if case ChannelEvent.inputClosed = event { continuation.finish() }
        }
        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            handshake.fail(error)
            context.close(promise: nil)
        }
        func channelInactive(context: ChannelHandlerContext) {
            handshake.fail(ChannelError.eof)
            continuation.finish()
        }
    }

    /// - Parameter file: The certificate that the daemon must have.
    init(port: Int, trusting file: String, name: String) async throws {
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(file)
        let context = try NIOSSLContext(configuration: configuration)
        let group = MultiThreadedEventLoopGroup.singleton
        let loop = group.next()
        let handshake = loop.makePromise(of: Void.self)
        channel = try await ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLClientHandler(context: context, serverHostname: name), Reader(continuation, handshake))
                }
            }.connect(host: "127.0.0.1", port: port).get()
        try await handshake.futureResult.get()
        let received = received
        Task {
            for await chunk in chunks { await received.take(chunk) }
            await received.end()
        }
    }

    deinit { channel.close(promise: nil) }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Says that nothing more will be sent.
    func finish() async throws { try await channel.close(mode: .output) }

    /// The next bytes that come.
    func text(of count: Int) async throws -> String {
        guard await eventually({ await received.text.count >= count }) else { throw TestSocket.Silence() }
        return await received.first(count)
    }

    /// Everything until the daemon hangs up.
    func rest() async throws -> String {
        guard await eventually({ await received.isOver }) else { throw TestSocket.Silence() }
        return await received.first(received.text.count)
    }
}
