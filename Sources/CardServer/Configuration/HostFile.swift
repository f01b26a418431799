import Glibc

/// Reads the small files of the machine: configuration, secrets, `/proc`; and its name.
enum HostFile {
    /// Why a file cannot be read.
    struct Failure: Error, Hashable {
        let reason: String
    }

    /// What `fstat` says about a file that is of interest here.
    struct Status {
        let mode: mode_t
        let owner: uid_t
        let group: gid_t

        var isRegular: Bool { mode & S_IFMT == S_IFREG }
        var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
        /// Whether accounts other than the file's owner and group may read or change it.
        var isOpenToAll: Bool { mode & (S_IROTH | S_IWOTH) != 0 }
    }

    /// The content of a regular file of at most `limit` bytes, and its status at that moment.
    static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> (bytes: [UInt8], status: Status) {
        // Non-blocking, so that a pipe put in the file's place cannot hold the daemon up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(reason: "cannot be read: " + errorText()) }
        defer { close(descriptor) }
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw Failure(reason: "cannot be read: " + errorText()) }
        let status = Status(mode: found.st_mode, owner: found.st_uid, group: found.st_gid)
        guard status.isRegular else { throw Failure(reason: "is not a regular file") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 { throw Failure(reason: "cannot be read: " + errorText()) }
            if count == 0 { return (bytes, status) }
            bytes += chunk[..<count]
            if bytes.count > limit { throw Failure(reason: "is larger than \(limit) bytes") }
        }
    }

    /// The status of what stands at a path, `nil` if nothing does. Symbolic links are not followed.
    static func status(_ path: String) -> Status? {
        var found = stat()
        return lstat(path, &found) == 0 ? Status(mode: found.st_mode, owner: found.st_uid, group: found.st_gid) : nil
    }

    /// The names in a folder; none if it cannot be read.
    static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes a folder and those above it, where they are missing. What root makes, others may pass but not list:
    /// PostgreSQL runs below it as another account.
    static func makeFolder(_ path: String) throws(Failure) {
        if status(path) != nil { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash])) }
        guard mkdir(path, geteuid() == 0 ? 0o711 : 0o700) == 0 || errno == EEXIST else {
            throw Failure(reason: "cannot be made: " + errorText())
        }
    }

    /// What this machine is called.
    static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The text of an error number.
    static func errorText(_ number: Int32 = errno) -> String { String(cString: strerror(number)) }
}
