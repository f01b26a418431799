import Glibc

extension Settings.Keys {
    /// The master key: 32 bytes, written in the file as 64 hexadecimal digits.
    ///
    /// If nobody named a file, the first call makes one with a random key. It belongs into every backup: without it the
    /// encrypted fields of the database cannot be read.
    public func master() throws(ConfigurationError) -> [UInt8] {
        do throws(HostFile.Failure) {
            if isStandard, HostFile.status(file.path) == nil { try make() }
            let digits = try file.content()
            guard digits.count == 64, let key = Self.bytes(ofHex: digits) else {
                throw HostFile.Failure(reason: "must hold 64 hexadecimal digits, such as `openssl rand -hex 32` makes")
            }
            return key
        } catch {
            let problem = ConfigurationError.Problem(
                key: "keys.file", source: .file(file.path), reason: error.reason)
            throw ConfigurationError(problems: [problem])
        }
    }

    /// Written beside its place and moved there, so that no half key is ever found.
    private func make() throws(HostFile.Failure) {
        let folder = String(file.path[..<file.path.lastIndex(of: "/")!])
        try HostFile.makeFolder(folder)
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        let text = (0..<64).map { _ in digits.randomElement(using: &generator)! } + [UInt8(ascii: "\n")]
        let new = file.path + ".new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw HostFile.Failure(reason: "cannot be made: " + HostFile.errorText()) }
        defer { close(descriptor) }
        // Root may come first in another account's folder, whose daemon has to read the key later.
        if let owner = HostFile.status(folder)?.owner { _ = fchown(descriptor, owner, gid_t.max) }
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0, rename(new, file.path) == 0
        else { throw HostFile.Failure(reason: "cannot be made: " + HostFile.errorText()) }
    }

    private static func bytes(ofHex digits: [UInt8]) -> [UInt8]? {
        let values = digits.map { UInt8(String(UnicodeScalar($0)), radix: 16) }
        if values.contains(nil) { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0]! << 4 | values[$0 + 1]! }
    }
}
