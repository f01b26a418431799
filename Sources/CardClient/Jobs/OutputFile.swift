import Glibc

/// A file that is written for its user alone: it holds what is known of people.
public final class OutputFile {
    private let file: Int32
    private let path: String

    /// Makes the file; what was in it is gone.
    public init(_ path: String) throws(FileProblem) {
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        self.path = path
        if file < 0 { throw FileProblem(failed: path) }
    }

    deinit { close(file) }

    public func write(_ text: String) throws(FileProblem) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { throw FileProblem(failed: path) }
            rest = rest.dropFirst(count)
        }
    }
}
