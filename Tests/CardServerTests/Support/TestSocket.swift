import Glibc
import JSONRPC
import Synchronization

/// A TCP connection to this machine, without any knowledge of what the daemon expects: tests write bytes and read
/// bytes.
final class TestSocket: Sendable {
    /// Nothing came in time.
    struct Silence: Error {}

    /// The daemon answered a call with an error.
    struct Refused: Error, Hashable {
        let code: Int64
        let kind: String
    }

    let descriptor: Int32
    private let buffer = Mutex<[UInt8]>([])
    private let lastID = Mutex<Int64>(0)
    private let isClosed = Mutex(false)

    /// - Parameter receiveBytes: The size of the system's own buffer; as it comes if `nil`.
    init(port: Int, receiveBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if var size = receiveBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard result == 0 else {
            Glibc.close(descriptor)
            throw POSIXFailure(call: "connect", number: errno)
        }
    }

    deinit { close() }

    /// Both directions end. Twice does no harm.
    func close() {
        let isFirst = isClosed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        if isFirst { Glibc.close(descriptor) }
    }

    /// The connection breaks, as when a cable is cut and a machine answers for the peer.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    /// Says that nothing more will be sent; what comes can still be read.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends all of it; false if the peer takes no more.
    @discardableResult
    func send(_ bytes: [UInt8]) async -> Bool {
        await onThread { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count <= 0 { return false }
                sent += count
            }
            return true
        }
    }

    @discardableResult
    func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    /// Reads what there is; empty once the peer has hung up.
    private func chunk(until deadline: ContinuousClock.Instant) async throws -> [UInt8] {
        try await onThread { [descriptor] in
            let rest = deadline - .now
            let milliseconds = max(
                0, rest.components.seconds * 1000 + rest.components.attoseconds / 1_000_000_000_000_000)
            var line = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&line, 1, Int32(milliseconds)) > 0 else {
                return .failure(Silence()) as Result<[UInt8], any Error>
            }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return .success(count > 0 ? Array(bytes[..<count]) : [])
        }.get()
    }

    /// Bytes up to and without a mark, `nil` if the peer hangs up before it.
    private func text(to mark: [UInt8], within limit: Duration) async throws -> String? {
        let deadline = ContinuousClock.now + limit
        while true {
            let found = buffer.withLock { buffer -> String? in
                guard let range = buffer.firstRange(of: mark) else { return nil }
                defer { buffer.removeSubrange(..<range.upperBound) }
                return String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
            }
            if let found { return found }
            let more = try await chunk(until: deadline)
            if more.isEmpty { return nil }
            buffer.withLock { $0 += more }
        }
    }

    func line(within limit: Duration = .seconds(20)) async throws -> String? { try await text(to: [10], within: limit) }

    /// A reply in header mode.
    func headedText() async throws -> String? {
        guard let header = try await text(to: Array("\r\n\r\n".utf8), within: .seconds(20)) else { return nil }
        guard let length = Int(header.dropFirst("Content-Length: ".count)) else { return header }
        while buffer.withLock({ $0.count < length }) {
            let more = try await chunk(until: .now + .seconds(20))
            if more.isEmpty { return nil }
            buffer.withLock { $0 += more }
        }
        return buffer.withLock { buffer in
            defer { buffer.removeFirst(length) }
            return String(decoding: buffer[..<length], as: UTF8.self)
        }
    }

    /// Everything until the peer hangs up.
    func rest(within limit: Duration = .seconds(20)) async throws -> String {
        let deadline = ContinuousClock.now + limit
        while true {
            let more = try await chunk(until: deadline)
            if more.isEmpty { break }
            buffer.withLock { $0 += more }
        }
        return buffer.withLock { buffer in
            defer { buffer = [] }
            return String(decoding: buffer, as: UTF8.self)
        }
    }

    /// The next line as JSON; `nil` if there is none.
    func message(within limit: Duration = .seconds(20)) async throws -> JSON? {
        try await line(within: limit).map { try JSON(parsing: Array($0.utf8)) }
    }
}

// MARK: Calls

extension TestSocket {
    /// Calls a method and gives its result. Notifications that come between are dropped.
    @discardableResult
    func call(_ method: String, _ params: JSON = [:], within limit: Duration = .seconds(20)) async throws -> JSON {
        let id = lastID.withLock { last in
            last += 1
            return last
        }
        await send(Self.request(method, params, id: .integer(id)))
        while true {
            guard let reply = try await message(within: limit) else { throw HungUp() }
            guard reply["id"] == .integer(id) else { continue }
            return try reply.result()
        }
    }

    /// The peer hung up where an answer was due.
    struct HungUp: Error {}

    static func request(_ method: String, _ params: JSON, id: JSON) -> String {
        (["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params] as JSON).text + "\n"
    }
}

extension JSON {
    /// The result of a reply, its error thrown.
    func result() throws -> JSON {
        if let result = self["result"] { return result }
        throw TestSocket.Refused(
            code: self["error"]?["code"]?.integer ?? 0, kind: self["error"]?["data"]?["kind"]?.string ?? "")
    }

    var errorCode: Int64? { self["error"]?["code"]?.integer }
    var errorKind: String? { self["error"]?["data"]?["kind"]?.string }
}

/// A call of the system that failed.
struct POSIXFailure: Error {
    let call: String
    let number: Int32
}

/// Runs what blocks on a thread of its own, away from the few that all tests share. (Dispatch's own threads are few
/// too,
/// and it takes a second to see that they are blocked.)
func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
        let box = Unmanaged.passRetained(ThreadBody { continuation.resume(returning: body()) })
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<ThreadBody>.fromOpaque(pointer!).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(status == 0, "no thread can be made: error \(status)")
        pthread_detach(thread)
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Waits until something holds; whether it did in time.
func eventually(within limit: Duration = .seconds(20), _ holds: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try await holds() { return true }
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(10))
    }
}
