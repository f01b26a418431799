@preconcurrency import Dispatch
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOSSL

/// The TLS context for new connections; read anew from its files at SIGHUP, while old connections keep theirs.
final class TLSContexts: Sendable {
    private let certificateFile: String
    private let keyFile: String
    private let logger: Logger
    private let context: NIOLockedValueBox<NIOSSLContext>
    private let hangUp = NIOLockedValueBox<(any DispatchSourceSignal)?>(nil)

    /// `nil` where no certificate is configured.
    init?(_ settings: Settings.TLS, logger: Logger) throws(DaemonError) {
        guard let certificate = settings.certificateFile, let key = settings.keyFile?.path else { return nil }
        (certificateFile, keyFile, self.logger) = (certificate, key, logger)
        context = NIOLockedValueBox(try Self.make(certificate, key))
    }

    var current: NIOSSLContext { context.withLockedValue { $0 } }

    /// Takes new files at SIGHUP; files that are wrong are logged, and the old ones stay.
    func reloadOnHangUp() {
        let source = DispatchSource.makeSignalSource(signal: SIGHUP)
        source.setEventHandler { [self] in reload() }
        source.resume()
        hangUp.withLockedValue { $0 = source }
    }

    private func reload() {
        do throws(DaemonError) {
            let new = try Self.make(certificateFile, keyFile)
            context.withLockedValue { $0 = new }
            logger.notice("certificate read anew")
        } catch {
            logger.error("certificate not taken, the old one stays", metadata: ["error": "\(error)"])
        }
    }

    private static func make(_ certificateFile: String, _ keyFile: String) throws(DaemonError) -> NIOSSLContext {
        let chain = try using(certificateFile) { try NIOSSLCertificate.fromPEMFile(certificateFile) }
        let key = try using(keyFile) { try NIOSSLPrivateKey(file: keyFile, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // A certificate and a key that do not belong together are told apart only here.
        return try using(keyFile) { try NIOSSLContext(configuration: configuration) }
    }

    private static func using<Value>(_ file: String, _ body: () throws -> Value) throws(DaemonError) -> Value {
        do { return try body() } catch { throw .certificateUnusable(file: file, reason: "\(error)") }
    }
}
