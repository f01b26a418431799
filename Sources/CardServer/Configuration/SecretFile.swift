/// A file with a secret in it: only its path stands in the configuration.
public struct SecretFile: Sendable, Hashable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The secret, without the line end that an editor leaves.
    ///
    /// - Throws: `ConfigurationError` if the file is missing, empty, larger than 64 KiB, or if accounts other than its
    ///   owner and group may read or write it.
    public func read() throws(ConfigurationError) -> [UInt8] {
        do { return try content() } catch {
            throw ConfigurationError(problems: [.init(key: "", source: .file(path), reason: error.reason)])
        }
    }

    func content() throws(HostFile.Failure) -> [UInt8] {
        var (bytes, status) = try HostFile.read(path, limit: 65_536)
        if status.isOpenToAll {
            throw HostFile.Failure(reason: "can be read or written by everybody: `chmod o= \(path)`")
        }
        while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        if bytes.isEmpty { throw HostFile.Failure(reason: "is empty") }
        return bytes
    }
}
