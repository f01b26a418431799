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

    init(certificateFile: String, keyFile: String, logger: Logger) throws {
        (self.certificateFile, self.keyFile, self.logger) = (certificateFile, keyFile, logger)
        context = NIOLockedValueBox(try Self.make(certificateFile, keyFile))
    }

    var current: NIOSSLContext { context.withLockedValue { $0 } }

    /// Takes new files at SIGHUP; files that are wrong are logged, and the old ones stay.
    func reloadOnHangUp() {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP)
        source.setEventHandler { [weak self] in self?.reload() }
        source.resume()
        hangUp.withLockedValue { $0 = source }
    }

    private func reload() {
        do {
            let new = try Self.make(certificateFile, keyFile)
            context.withLockedValue { $0 = new }
            logger.info("certificate read anew")
        } catch {
            logger.error("certificate not taken, the old one stays", metadata: ["error": "\(error)"])
        }
    }

    private static func make(_ certificateFile: String, _ keyFile: String) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        return try NIOSSLContext(configuration: configuration)
    }
}
