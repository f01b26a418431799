import JSONRPC
import NIOCore
import Synchronization

/// Counts for Prometheus. Labels are method names and outcomes only, so that nothing a stranger sends makes a new
/// series.
final class Metrics: Sendable {
    /// Upper bounds of the duration histogram, in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    struct Series: Sendable {
        var outcomes: [String: Int] = [:]
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var seconds = 0.0
        var count = 0
    }

    private struct State: Sendable {
        var methods: [String: Series] = [:]
        var connectionsOpened = 0
        var connectionsClosed = 0
        var connectionsRejected = 0
        var connectionFailures = 0
        var connectionsCut: [ConnectionWatch.Cut: Int] = [:]
        var messagesRefused = 0
        var notificationsIgnored = 0
        var responsesReceived = 0
    }

    private let state = Mutex(State())

    func answered(_ method: String, _ result: Result<[UInt8], RPCError>, in time: TimeAmount) {
        let outcome: String
        switch result {
        case .success: outcome = "ok"
        case .failure(let error): outcome = error.kindText
        }
        let seconds = Double(time.nanoseconds) / 1_000_000_000
        state.withLock { state in
            state.methods[method, default: Series()].add(outcome, seconds)
        }
    }

    func connectionOpened() { state.withLock { $0.connectionsOpened += 1 } }
    func connectionClosed() { state.withLock { $0.connectionsClosed += 1 } }
    func connectionRejected() { state.withLock { $0.connectionsRejected += 1 } }
    func connectionFailed() { state.withLock { $0.connectionFailures += 1 } }
    func connectionCut(_ reason: ConnectionWatch.Cut) { state.withLock { $0.connectionsCut[reason, default: 0] += 1 } }
    /// A message that holds no call that could be answered for itself.
    func messageRefused() { state.withLock { $0.messagesRefused += 1 } }
    func notificationIgnored() { state.withLock { $0.notificationsIgnored += 1 } }
    func responseReceived() { state.withLock { $0.responsesReceived += 1 } }

    /// Connections that are open now.
    var openConnections: Int { state.withLock { $0.connectionsOpened - $0.connectionsClosed } }

    /// The text format of Prometheus, with gauges, and counts named `…_total`, that others know.
    func text(gauges: [(name: String, help: String, value: Int)]) -> String {
        let state = state.withLock { $0 }
        var text = ""
        func family(_ name: String, _ type: String, _ help: String, _ lines: [String]) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n" + lines.map { $0 + "\n" }.joined()
        }
        let methods = state.methods.sorted { $0.key < $1.key }
        family(
            "ksbd_calls_total", "counter", "Calls by method and outcome.",
            methods.flatMap { method, series in
                series.outcomes.sorted { $0.key < $1.key }.map {
                    "ksbd_calls_total{method=\"\(method)\",outcome=\"\($0.key)\"} \($0.value)"
                }
            })
        family(
            "ksbd_call_seconds", "histogram", "How long calls took, from parsed to answered.",
            methods.flatMap { $0.value.lines(method: $0.key) })
        for (name, help, value) in [
            ("ksbd_connections_opened_total", "Connections accepted.", state.connectionsOpened),
            ("ksbd_connections_rejected_total", "Connections turned away.", state.connectionsRejected),
            ("ksbd_connection_failures_total", "Connections that broke.", state.connectionFailures),
            (
                "ksbd_messages_refused_total", "Messages that were malformed, too large or no request.",
                state.messagesRefused
            ),
            ("ksbd_notifications_ignored_total", "Calls without id that were not run.", state.notificationsIgnored),
            ("ksbd_responses_received_total", "Answers of clients to pings.", state.responsesReceived),
        ] { family(name, "counter", help, ["\(name) \(value)"]) }
        family(
            "ksbd_connections_cut_total", "counter", "Connections closed without the peer's wish, by reason.",
            ConnectionWatch.Cut.allCases.map {
                "ksbd_connections_cut_total{reason=\"\($0.rawValue)\"} \(state.connectionsCut[$0] ?? 0)"
            })
        for (name, help, value) in gauges {
            family(name, name.hasSuffix("_total") ? "counter" : "gauge", help, ["\(name) \(value)"])
        }
        return text
    }
}

extension Metrics.Series {
    fileprivate mutating func add(_ outcome: String, _ seconds: Double) {
        outcomes[outcome, default: 0] += 1
        self.seconds += seconds
        count += 1
        if let bucket = Metrics.bounds.firstIndex(where: { seconds <= $0 }) { buckets[bucket] += 1 }
    }

    fileprivate func lines(method: String) -> [String] {
        var below = 0
        var lines: [String] = []
        for (bound, count) in zip(Metrics.bounds, buckets) {
            below += count
            lines.append("ksbd_call_seconds_bucket{method=\"\(method)\",le=\"\(bound)\"} \(below)")
        }
        lines.append("ksbd_call_seconds_bucket{method=\"\(method)\",le=\"+Inf\"} \(count)")
        lines.append("ksbd_call_seconds_sum{method=\"\(method)\"} \(seconds)")
        lines.append("ksbd_call_seconds_count{method=\"\(method)\"} \(count)")
        return lines
    }
}

extension RPCError {
    /// The stable word for what it means.
    var kindText: String { data?["kind"]?.string ?? "code \(code)" }
}
