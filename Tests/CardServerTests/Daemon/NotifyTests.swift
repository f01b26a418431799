import Glibc
import TestSupport
import Testing

@Suite(.servedEmpty, .timeLimit(.minutes(5)))
struct NotifyTests {
    @Test(arguments: [false, true])
    func `the service manager hears of start, life and end`(isAbstract: Bool) async throws {
        let folder = try TestFolder()
        let path = folder.path + "/notify"
        let manager = try ServiceManager(isAbstract ? "\0" + path : path)
        let variable = ["NOTIFY_SOCKET": isAbstract ? "@" + path : path]
        try await withDaemon(variable) { daemon in
            #expect(await manager.hears("READY=1"))
            #expect(await manager.hears("WATCHDOG=1"))
            #expect(await manager.hears("WATCHDOG=1"), "again and again")
            daemon.kill(SIGTERM)
            #expect(await manager.hears("STOPPING=1"))
            #expect(await daemon.end() == .exit(0))
        }
    }
}

/// The other end of `NOTIFY_SOCKET`.
private final class ServiceManager: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let descriptor = descriptor
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        if result != 0 { throw POSIXFailure(call: "bind", number: errno) }
    }

    deinit { close(descriptor) }

    /// Waits for a message, skipping others.
    func hears(_ message: String) async -> Bool {
        await onThread { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: 256)
            for _ in 0..<200 {
                var line = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&line, 1, 10_000) > 0 else { return false }
                let count = recv(descriptor, &bytes, bytes.count, 0)
                if String(decoding: bytes[..<max(0, count)], as: UTF8.self) == message { return true }
            }
            return false
        }
    }
}
