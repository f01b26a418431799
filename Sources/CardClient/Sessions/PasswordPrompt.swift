import Glibc

/// Asks for a secret at the terminal, which shows nothing of it.
public enum PasswordPrompt {
    /// What was typed up to the end of the line; `nil` if it was broken off, or there is no terminal to ask at.
    public static func ask(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        if terminal < 0 { return nil }
        defer { close(terminal) }
        var before = termios()
        if tcgetattr(terminal, &before) != 0 { return nil }
        var silent = before
        // Without signals, so that breaking off comes here as a key and the terminal is always set back.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        if tcsetattr(terminal, TCSAFLUSH, &silent) != 0 { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            put("\n", terminal)
        }
        put(question, terminal)
        var line = TypedLine()
        while true {
            var key: UInt8 = 0
            let count = read(terminal, &key, 1)
            if count < 0, errno == EINTR { continue }
            if count != 1 { return nil }
            switch line.take(key) {
            case .more: continue
            case .done: return String(validating: line.bytes, as: UTF8.self)
            case .brokenOff: return nil
            }
        }
    }

    private static func put(_ text: String, _ terminal: Int32) { _ = write(terminal, text, text.utf8.count) }
}

/// What has been typed of a line, key by key.
struct TypedLine {
    enum Step { case more, done, brokenOff }

    private(set) var bytes: [UInt8] = []

    mutating func take(_ key: UInt8) -> Step {
        switch key {
        case 0x0A, 0x0D: return .done
        case 0x03, 0x04, 0x1C: return .brokenOff  // Ctrl-C, Ctrl-D, Ctrl-\
        case 0x15: bytes.removeAll()  // Ctrl-U
        case 0x08, 0x7F:
            // A character of several bytes goes as a whole.
            while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
        default: bytes.append(key)
        }
        return .more
    }
}
