import CardMethods
import Glibc

extension Settings {
    /// The settings that methods read.
    var methods: MethodSettings {
        var methods = MethodSettings()
        methods.sessionIdleHours = sessions.idleHours
        methods.sessionMaximumDays = sessions.maximumDays
        methods.lockAfterFailures = login.lockAfterFailures
        methods.batchConnections = database.batchConnections
        methods.callDeadlineSeconds = limits.callSeconds
        methods.identityIssuers = identity.issuersFile
        methods.allowsClockControl = testing.clockControl
        return methods
    }

    /// The failpoints of this run; none unless they are allowed.
    func failpoints() throws -> Failpoints {
        guard testing.allowFailpoints, let text = testing.failpoint else { return .none }
        guard let failpoints = Failpoints(text: text) else { throw DaemonError.failpointUnreadable(text) }
        return failpoints
    }
}

/// Descriptors that the process may have open: each connection needs one.
enum OpenFiles {
    /// Raises the limit to what the system allows, and gives it.
    static func raiseLimit() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
        getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}

/// Words to the service manager, over the socket that it named; without one, nothing is said.
enum Notify {
    static func ready() { send("READY=1") }
    static func stopping() { send("STOPPING=1") }
    static func watchdog() { send("WATCHDOG=1") }

    private static func send(_ message: String) {
        guard let path = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), path.utf8.count < 108 else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { Glibc.close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            // An abstract socket's name begins with a zero byte, which is written as @.
            for (index, byte) in path.utf8.enumerated() { target[index] = index == 0 && byte == 0x40 ? 0 : byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                message.withCString { sendto(descriptor, $0, message.utf8.count, 0, address, length) }
            }
        }
    }
}
