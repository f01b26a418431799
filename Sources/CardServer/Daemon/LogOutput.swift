import CardMethods
import CardRules
import Glibc
import JSONRPC
import Logging

/// Where log lines go: one JSON object each, or text where a person looks on.
enum LogOutput {
    /// Sets the process up to log as configured.
    static func start(_ settings: Settings.Log) -> Logger {
        let isText: Bool
        switch settings.format {
        case .text: isText = true
        case .json: isText = false
        case .auto: isText = isatty(STDERR_FILENO) == 1
        }
        let level = settings.level
        LoggingSystem.bootstrap { label in
            LineLogHandler(label: label, isText: isText, logLevel: level)
        }
        return Logger(label: "ksbd")
    }
}

/// Writes a line to standard error for each event. Callers put no parameters of calls into it, for they may be
/// personal.
struct LineLogHandler: LogHandler {
    let label: String
    let isText: Bool
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        let now = BusinessClock().realNow.text
        var line: String
        if isText {
            line = "\(now) \(event.level) \(event.message)"
            for (key, value) in fields { line += " \(key)=\(value)" }
        } else {
            var writer = JSONWriter()
            writer.object { writer in
                let fixed = [
                    ("at", now), ("level", "\(event.level)"), ("logger", label), ("message", "\(event.message)"),
                ]
                for (key, value) in fixed + fields.map({ ($0.key, "\($0.value)") }) {
                    writer.name(key)
                    writer.string(value)
                }
            }
            line = String(decoding: writer.bytes, as: UTF8.self)
        }
        line += "\n"
        _ = line.withCString { write(STDERR_FILENO, $0, line.utf8.count) }
    }
}
