import Glibc

/// Reads what a user points at.
public enum FileBytes {
    /// A whole file; `-` stands for standard input.
    ///
    /// - Parameter limit: bytes; a larger file is refused.
    public static func read(_ path: String, atMost limit: Int = 64 * 1024 * 1024) throws(FileProblem) -> [UInt8] {
        if path == "-" { return try read(STDIN_FILENO, "standard input", atMost: limit) }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { throw FileProblem(failed: path) }
        defer { close(file) }
        return try read(file, path, atMost: limit)
    }

    static func read(_ file: Int32, _ path: String, atMost limit: Int) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw FileProblem(failed: path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > limit { throw FileProblem(path, "has more than \(limit) bytes") }
        }
    }
}
