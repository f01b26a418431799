import Glibc
import JSONRPC

/// A file that cannot be used, or must not.
public struct FileProblem: Error, Hashable, CustomStringConvertible {
    public let description: String

    init(_ path: String, _ reason: String) { description = "\(path): \(reason)" }
    /// With the reason of the system call that has just failed.
    init(failed path: String) { self.init(path, String(cString: strerror(errno))) }
}

/// The sessions on disk: a file per profile that only its user can read, in a folder that only he can enter.
///
/// A file or folder that somebody else owns or may read is not used, and not mended: its token may be known.
public struct ProfileStore: Sendable {
    /// Absolute.
    public let directory: String

    /// `$XDG_STATE_HOME/ksb`, else `~/.local/state/ksb`.
    public init(_ environment: Environment) throws(FileProblem) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            directory = state + "/ksb"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            directory = home + "/.local/state/ksb"
        } else {
            throw FileProblem("HOME", "is not set, so there is no place for sessions")
        }
    }

    /// Letters, digits, hyphens, dots and underscores; none that leads out of the folder.
    public static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && !name.hasPrefix(".")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }

    public func path(of name: String) -> String { "\(directory)/\(name).json" }

    /// Makes the folder if it is missing, and sees to it that it is ours alone.
    public func prepare() throws(FileProblem) {
        var path = ""
        for step in directory.split(separator: "/") {
            path += "/" + step
            if mkdir(path, 0o700) != 0, errno != EEXIST, access(path, F_OK) != 0 { throw FileProblem(failed: path) }
        }
        var status = stat()
        if lstat(directory, &status) != 0 { throw FileProblem(failed: directory) }
        try Self.check(status, directory, kind: S_IFDIR, remedy: "chmod 700")
    }

    /// The session, `nil` if there is none.
    public func read(_ name: String) throws(FileProblem) -> Profile? {
        let path = path(of: name)
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw errno == ELOOP ? FileProblem(path, "is a link") : FileProblem(failed: path)
        }
        defer { close(file) }
        var status = stat()
        if fstat(file, &status) != 0 { throw FileProblem(failed: path) }
        try Self.check(status, path, kind: S_IFREG, remedy: "chmod 600")
        let bytes = try FileBytes.read(file, path, atMost: 64 * 1024)
        guard let json = try? JSON(parsing: bytes), let profile = Profile(json) else {
            throw FileProblem(path, "is no session of ksb; remove it and log in")
        }
        return profile
    }

    /// Keeps a session; an older one of this name is replaced as a whole.
    public func write(_ profile: Profile, as name: String) throws(FileProblem) {
        try prepare()
        let path = path(of: name)
        let draft = "\(directory)/.\(name).\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file < 0 { throw FileProblem(failed: draft) }
        let bytes = Array(profile.json.pretty.utf8)
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        let problem = FileProblem(failed: draft)
        close(file)
        if !isWritten {
            unlink(draft)
            throw problem
        }
        if rename(draft, path) != 0 {
            let problem = FileProblem(failed: path)
            unlink(draft)
            throw problem
        }
    }

    /// Forgets a session; one that is not there is forgotten already.
    public func remove(_ name: String) throws(FileProblem) {
        let path = path(of: name)
        if unlink(path) != 0, errno != ENOENT, errno != ENOTDIR { throw FileProblem(failed: path) }
    }

    private static func check(
        _ status: stat, _ path: String, kind: mode_t, remedy: String
    ) throws(FileProblem) {
        if status.st_mode & S_IFMT != kind { throw FileProblem(path, "is not what it should be") }
        if status.st_uid != geteuid() { throw FileProblem(path, "belongs to another user") }
        if status.st_mode & 0o077 != 0 {
            throw FileProblem(path, "is open to other users: log in anew after \(remedy)")
        }
    }
}
