import Glibc

/// Keeps a second daemon away from a data folder. The system lets go of the lock when the process ends, however.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: `EmbeddedPostgresError.inUse` if another process holds it.
    init(_ directory: String) throws(EmbeddedPostgresError) {
        let path = directory + "/ksbd.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .failed(step: path, reason: HostFile.errorText()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 16)
            let count = max(0, read(descriptor, &text, text.count))
            close(descriptor)
            throw .inUse(
                directory: directory, process: Int32(String(decoding: text[..<count], as: UTF8.self)))
        }
        // Root may come first in another account's folder, whose daemon must be able to open the file later.
        if let owner = HostFile.status(directory)?.owner { _ = fchown(descriptor, owner, gid_t.max) }
        let text = Array(String(getpid()).utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
