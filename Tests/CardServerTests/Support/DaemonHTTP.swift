import JSONRPC

extension DaemonProcess {
    /// One request over HTTP, on a connection of its own.
    func http(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) async throws -> (status: Int, headers: String, body: String) {
        let socket = try TestSocket(port: httpPort)
        var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if method == "POST" { text += "Content-Length: \(body.utf8.count)\r\n" }
        await socket.send(text + "\r\n" + body)
        let answer = try await socket.rest()
        // One line end is one character.
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return (status, String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    /// The value of one series.
    func metric(_ series: String) async throws -> Double? {
        let text = try await http("GET", "/metrics").body
        return text.split(separator: "\n").first { $0.hasPrefix(series + " ") }
            .flatMap { Double($0.dropFirst(series.count + 1)) }
    }
}
