import CSpawn
import Glibc

/// A program started by us. Foundation is not linked, and a library's own threads would not do: the signal at the
/// death of the parent comes when the *thread* that started the program ends.
struct ChildProcess: ~Copyable {
    /// What a program that ended said, and how it ended.
    struct Answer: Sendable {
        let output: String
        let isSuccess: Bool
    }

    let process: pid_t
    /// The reading end of the program's standard output and error.
    let output: Int32

    /// Starts a program with an environment of our choice, default signal handling and a process group of its own, so
    /// that Ctrl-C in a terminal reaches the daemon alone.
    ///
    /// - Parameter input: Standard input, a few lines at most.
    init(_ arguments: [String], input: String = "") throws(EmbeddedPostgresError) {
        func failure(_ number: Int32) -> EmbeddedPostgresError {
            .failed(step: "starting \(arguments[0])", reason: HostFile.errorText(number))
        }
        guard let output = Self.pipe(), let source = Self.pipe() else { throw failure(errno) }
        defer {
            close(output.write)
            close(source.read)
        }
        _ = Array(input.utf8).withUnsafeBytes { write(source.write, $0.baseAddress, $0.count) }
        close(source.write)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, source.read, 0)
        posix_spawn_file_actions_adddup2(&actions, output.write, 1)
        posix_spawn_file_actions_adddup2(&actions, output.write, 2)
        // A client's connection that a long-lived program inherited would never be seen to end.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var child: pid_t = 0
        let environment = ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C"]
        let result = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(environment) { posix_spawnp(&child, arguments[0]!, &actions, &attributes, arguments, $0) }
        }
        guard result == 0 else {
            close(output.read)
            throw failure(result)
        }
        (process, self.output) = (child, output.read)
    }

    deinit { close(output) }

    /// Waits for the program's end. Its process id means nothing from then on.
    ///
    /// - Returns: Whether it ended by itself with status 0.
    func wait() -> Bool {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status == 0
    }

    /// Runs a program to its end, which blocks the thread.
    static func run(_ arguments: [String], input: String = "") throws(EmbeddedPostgresError) -> Answer {
        let child = try ChildProcess(arguments, input: input)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(child.output, &chunk, chunk.count)
            if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { break }
        }
        return Answer(output: String(decoding: bytes, as: UTF8.self), isSuccess: child.wait())
    }

    /// Two ends that no other program inherits, which a pipe could not promise while other threads start some.
    private static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        return socketpair(AF_UNIX, kind, 0, &ends) == 0 ? (ends[0], ends[1]) : nil
    }

    private static func withCStrings<R>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
