import Glibc
import JSONRPC

/// A blocking client for single calls.
final class Plain {
    private let descriptor: Int32

    init(_ port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw BenchError(text: "the daemon takes no connection") }
    }

    deinit { close(descriptor) }

    /// Sends a line, and gives the answer as it came.
    func exchange(_ line: String) throws -> [UInt8] {
        _ = (line + "\n").withCString { write(descriptor, $0, line.utf8.count + 1) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while answer.last != UInt8(ascii: "\n") {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw BenchError(text: "the daemon closed the connection") }
            answer += buffer[..<count]
        }
        return answer
    }

    /// A call as a line.
    static func request(_ method: String, _ params: JSON = [:]) -> String {
        let call: JSON = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        return call.text
    }

    /// The login of a connection by a token.
    static func resume(_ token: String) -> String { request("session.resume", ["token": .string(token)]) }

    /// Sends lines one after the other on one connection; the answers in order.
    static func call(_ port: Int, _ lines: [String]) throws -> [JSON] {
        let connection = try Plain(port)
        return try lines.map { try JSON(parsing: try connection.exchange($0)) }
    }
}
