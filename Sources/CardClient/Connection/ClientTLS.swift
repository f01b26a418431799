import NIOSSL

/// How a TLS connection judges the daemon's certificate. The name is always checked.
public struct ClientTLS: Sendable, Hashable {
    /// PEM with the certificates to trust, in place of the system's; `nil` for the system's.
    public var caFile: String?

    public init(caFile: String? = nil) { self.caFile = caFile }

    func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let caFile { configuration.trustRoots = .file(caFile) }
        return try NIOSSLContext(configuration: configuration)
    }
}
