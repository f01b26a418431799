import CardClient
import Glibc

/// Standard output and standard error.
enum Terminal {
    /// Whether a person sees the output.
    static let isSeen = isatty(STDOUT_FILENO) == 1

    /// Whether a person sees what is said beside the output.
    static let isNoteSeen = isatty(STDERR_FILENO) == 1

    /// Characters of a line, by the terminal or by COLUMNS; `nil` where neither tells.
    static let width: Int? = {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return Environment.process["COLUMNS"].flatMap(Int.init)
    }()

    static func put(_ text: String) { write(text, STDOUT_FILENO) }

    static func note(_ lines: [String]) { for line in lines { note(line) } }

    /// Says something beside the result.
    static func note(_ line: String) { write("ksb: \(line)\n", STDERR_FILENO) }

    /// Shows how something goes on, in place of what was shown before.
    static func progress(_ line: String) {
        let cut = width.map { String(line.prefix(max(1, $0 - 1))) } ?? line
        write("\r\u{1B}[K\(cut)", STDERR_FILENO)
    }

    /// Leaves the last line of progress standing.
    static func endProgress() { write("\n", STDERR_FILENO) }

    /// Writes all of it; whoever has stopped reading ends the program.
    private static func write(_ text: String, _ file: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { exit(0) }
            rest = rest.dropFirst(count)
        }
    }
}
