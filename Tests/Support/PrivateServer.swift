import CSpawn
import Glibc
import Postgres

/// A PostgreSQL server of this process alone, on a Unix socket in a temporary folder.
///
/// A shell of its own makes it, and ends and removes it as soon as this process is gone, however it went: then the
/// line between the two closes.
enum PrivateServer {
    /// Starts it and gives its connection string's parts. Ends the process if it can't: no test could run.
    static func start() -> [String: String] {
        var template = Array("\(place)/ksbd-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let binaries = binaries() else {
            fatalError("no PostgreSQL server is installed (Debian's package: postgresql)")
        }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        chmod(folder, 0o755)
        spawnKeeper(folder, binaries)
        let settings = ConnectionSettings("host='\(folder)' port=5432 user=postgres dbname=postgres")
        for _ in 0..<600 {
            // Only a connection tells: the socket is there before.
            if (try? Connection(settings)) != nil {
                return ["host": folder, "port": "5432", "user": "postgres", "dbname": "postgres"]
            }
            usleep(50_000)
        }
        fatalError("PostgreSQL did not start: see \(folder)/log")
    }

    /// Memory, if there is a GiB of it to be had as files: making a database there takes 8 ms, and on a slow disk 230.
    private static var place: String {
        var memory = statvfs()
        let hasRoom = statvfs("/dev/shm", &memory) == 0 && UInt(memory.f_bavail) * memory.f_frsize >= 1 << 30
        return hasRoom ? "/dev/shm" : "/tmp"
    }

    /// The folder of the newest server that is installed.
    private static func binaries() -> String? {
        (15...30).reversed().map { "/usr/lib/postgresql/\($0)/bin" }.first { access($0 + "/initdb", X_OK) == 0 }
    }

    private static let keeper = """
        folder=$1 binaries=$2
        exec >"$folder/log" 2>&1
        as=
        if [ "$(id -u)" = 0 ]; then
            chown postgres "$folder"
            as="setpriv --reuid=postgres --regid=postgres --init-groups --"
        fi
        cd "$folder"
        $as "$binaries/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions || exit
        $as "$binaries/postgres" -D data -k "$folder" -p 5432 -c listen_addresses= -c max_connections=200 \\
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB &
        server=$!
        read -r nothing
        kill -QUIT $server
        wait $server
        rm -rf "$folder"
        """

    /// Starts the shell in a session of its own, so that an interrupt from the terminal does not reach it, with one end
    /// of a line that nobody writes to; this process keeps the other.
    private static func spawnKeeper(_ folder: String, _ binaries: String) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0, "no socket can be made: error \(errno)")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // The server outlives most tests: a connection that it inherited would never be seen to end.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            close(ends[0])
        }
        let words = ["setsid", "sh", "-c", keeper, "sh", folder, binaries]
        let arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process = pid_t()
        let status = posix_spawn(&process, "/usr/bin/setsid", &actions, nil, arguments, environ)
        precondition(status == 0, "no shell can be started: error \(status)")
    }
}
