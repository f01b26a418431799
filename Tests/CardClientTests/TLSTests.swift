import FoundationEssentials
import Glibc
import JSONRPC
import NIOSSL
import Testing

@testable import CardClient

struct TLSTests {
    /// A certificate that vouches for itself.
    private struct Certificate: ~Copyable {
        let folder = TemporaryFolder()
        var certificateFile: String { folder.path + "/certificate.pem" }
        private var keyFile: String { folder.path + "/key.pem" }

        /// - Parameter name: Whom it is for, as openssl writes it.
        init(for name: String = "IP:127.0.0.1") throws {
            let words = [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", keyFile, "-out", certificateFile, "-days", "2", "-subj", "/CN=ksbd", "-addext",
                "subjectAltName=\(name)", "-batch",
            ]
            var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
            defer { for argument in arguments { free(argument) } }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
            defer { posix_spawn_file_actions_destroy(&actions) }
            var process: pid_t = 0
            try #require(posix_spawnp(&process, "openssl", &actions, nil, &arguments, environ) == 0)
            var status: Int32 = 0
            waitpid(process, &status, 0)
            try #require(status == 0, "openssl made no certificate")
        }

        func context() throws -> NIOSSLContext {
            let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
            return try NIOSSLContext(
                configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
        }
    }

    @Test func `a daemon whose certificate is trusted is called over TLS`() async throws {
        let certificate = try Certificate()
        let daemon = try await FakeDaemon.start(tls: certificate.context()) { _, _ in [.reply("pong")] }
        let client = try await CardClient.connect(
            host: "127.0.0.1", port: daemon.port, tls: ClientTLS(caFile: certificate.certificateFile))
        #expect(try await client.call("rpc.ping") == "pong")
        await client.close()
    }

    @Test func `a certificate that nobody vouches for, or that is for another name, gets no call`() async throws {
        let ours = try Certificate()
        let others = try Certificate(for: "DNS:other.example")
        let ourDaemon = try await FakeDaemon.start(tls: ours.context()) { _, _ in [.reply("pong")] }
        let otherDaemon = try await FakeDaemon.start(tls: others.context()) { _, _ in [.reply("pong")] }
        for (host, daemon, tls) in [
            ("127.0.0.1", ourDaemon, ClientTLS()),
            ("127.0.0.1", otherDaemon, ClientTLS(caFile: others.certificateFile)),
            ("localhost", otherDaemon, ClientTLS(caFile: others.certificateFile)),
        ] {
            do {
                _ = try await CardClient.connect(host: host, port: daemon.port, tls: tls)
                Issue.record("\(host) was believed")
            } catch {
                guard case .unreachable = error else {
                    Issue.record("\(host): \(error)")
                    continue
                }
            }
            #expect(daemon.calls.isEmpty)
        }
    }
}
