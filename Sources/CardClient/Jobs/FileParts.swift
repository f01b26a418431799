import Glibc

/// Reads a file piece by piece, so that one of any size takes little memory.
public final class FileParts {
    private let file: Int32
    private let path: String
    /// Bytes of the whole; `nil` where that is not known before, such as of a pipe.
    public let size: Int?

    /// Opens a file; `-` is standard input.
    public init(_ path: String) throws(FileProblem) {
        file = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        if file < 0 { throw FileProblem(failed: path) }
        var facts = stat()
        size = fstat(file, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG ? Int(facts.st_size) : nil
    }

    deinit { close(file) }

    /// The next bytes: so many, or fewer at the end.
    public func next(_ count: Int) throws(FileProblem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let taken = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress.map { $0 + filled }, count - filled)
            }
            if taken < 0, errno == EINTR { continue }
            if taken < 0 { throw FileProblem(failed: path) }
            if taken == 0 { break }
            filled += taken
        }
        return Array(bytes.prefix(filled))
    }
}
