/// Why the daemon's own PostgreSQL does not run.
public enum EmbeddedPostgresError: Error, Hashable, CustomStringConvertible {
    /// No PostgreSQL 15 or later is installed, or none that fits the data; the text says what to install.
    case noPrograms(String)
    /// Another daemon uses this folder; its process id, if it could be read.
    case inUse(directory: String, process: Int32?)
    /// A step before the start failed.
    case failed(step: String, reason: String)
    /// PostgreSQL ended before it was ready; its last words.
    case ended(lastLines: [String])
    /// It was stopped while it started, or after.
    case stopped

    public var description: String {
        switch self {
        case .noPrograms(let text): text
        case .inUse(let directory, let process):
            "\(directory) is in use by another ksbd" + (process.map { ", process \($0)" } ?? "")
        case .failed(let step, let reason): "\(step): \(reason)"
        case .ended(let lines): "PostgreSQL ended before it was ready:\n" + lines.joined(separator: "\n")
        case .stopped: "PostgreSQL was stopped"
        }
    }
}
