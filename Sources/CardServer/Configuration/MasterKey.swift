import CardMethods
import Glibc

extension Settings.Keys {
    /// The master keys, each of 32 bytes: in the file a line of 64 hexadecimal digits, from the second key on with its
    /// name before it.
    ///
    /// If nobody named a file, the first call makes one with a random key. It belongs into every backup: without it the
    /// encrypted fields of the database cannot be read.
    public func masters() throws(ConfigurationError) -> MasterKeys {
        try reporting { () throws(HostFile.Failure) in
            if isStandard, HostFile.status(file.path) == nil { try replace(MasterKeys(only: Self.newKey())) }
            guard let keys = MasterKeys(text: String(decoding: try file.content(), as: UTF8.self)) else {
                throw HostFile.Failure(
                    reason: "must hold a key of 64 hexadecimal digits, such as `openssl rand -hex 32` makes; further "
                        + "keys in lines of their own, as `2 0f…`")
            }
            return keys
        }
    }

    /// Puts these keys in the file's place.
    func write(_ keys: MasterKeys) throws(ConfigurationError) {
        try reporting { () throws(HostFile.Failure) in try replace(keys) }
    }

    /// 32 random bytes.
    static func newKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private func reporting<Value>(_ body: () throws(HostFile.Failure) -> Value) throws(ConfigurationError) -> Value {
        do throws(HostFile.Failure) { return try body() } catch {
            let problem = ConfigurationError.Problem(
                key: "keys.file", source: .file(file.path), reason: error.reason)
            throw ConfigurationError(problems: [problem])
        }
    }

    /// Written beside its place and moved there, so that no half key is ever found.
    private func replace(_ keys: MasterKeys) throws(HostFile.Failure) {
        let folder = String(file.path[..<file.path.lastIndex(of: "/")!])
        try HostFile.makeFolder(folder)
        let text = Array(keys.text.utf8)
        let new = file.path + ".new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw HostFile.Failure(reason: "cannot be made: " + HostFile.errorText()) }
        defer { close(descriptor) }
        // Root may come first in another account's folder, whose daemon has to read the keys later; and a daemon's
        // file stays its own, with those whom it lets read it.
        if let old = HostFile.status(file.path) {
            _ = fchown(descriptor, old.owner, old.group)
            _ = fchmod(descriptor, old.mode & 0o640)
        } else if let owner = HostFile.status(folder)?.owner {
            _ = fchown(descriptor, owner, gid_t.max)
        }
        guard Glibc.write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0,
            rename(new, file.path) == 0
        else { throw HostFile.Failure(reason: "cannot be made: " + HostFile.errorText()) }
    }
}
