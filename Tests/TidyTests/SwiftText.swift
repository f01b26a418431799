/// A Swift file taken apart into what runs, what is quoted and what is said about it. Line numbers stay.
struct SwiftText: Sendable {
    /// The file with its strings and comments as blanks.
    let code: String
    /// The file with all but the text of its strings as blanks. Interpolations count as code.
    let strings: String

    init(_ text: String) {
        var scanner = SwiftScanner(text)
        scanner.scan()
        code = String(decoding: scanner.code, as: UTF8.self)
        strings = String(decoding: scanner.strings, as: UTF8.self)
    }

    var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// Works on bytes, as whole sources go through it: what it looks for is ASCII.
private struct SwiftScanner {
    private let text: [UInt8]
    private var at = 0
    private(set) var code: [UInt8] = []
    private(set) var strings: [UInt8] = []

    init(_ text: String) { self.text = Array(text.utf8) }

    mutating func scan() { takeCode(isInterpolation: false) }

    private var isAtEnd: Bool { at >= text.count }

    private func sees(_ word: String) -> Bool { text[at...].starts(with: word.utf8) }

    /// Moves bytes over, to one side as they are and to the other as blanks.
    private mutating func take(_ count: Int, isCode: Bool = false, isString: Bool = false) {
        for byte in text[at..<min(at + count, text.count)] {
            let isEnd = byte == UInt8(ascii: "\n")
            code.append(isCode || isEnd ? byte : UInt8(ascii: " "))
            strings.append(isString || isEnd ? byte : UInt8(ascii: " "))
        }
        at += count
    }

    /// Up to the end, or to the bracket that ends an interpolation.
    private mutating func takeCode(isInterpolation: Bool) {
        var depth = 0
        while !isAtEnd {
            let next = text[at]
            if isInterpolation {
                if next == UInt8(ascii: "(") { depth += 1 }
                if next == UInt8(ascii: ")") {
                    if depth == 0 { return take(1, isCode: true) }
                    depth -= 1
                }
            }
            if next == UInt8(ascii: "/"), sees("//") {
                while !isAtEnd, text[at] != UInt8(ascii: "\n") { take(1) }
            } else if next == UInt8(ascii: "/"), sees("/*") {
                while !isAtEnd, !sees("*/") { take(1) }
                take(2)
            } else if let hashes = hashesOfString() {
                takeString(hashes: hashes)
            } else {
                take(1, isCode: true)
            }
        }
    }

    /// How many `#` stand before a quotation mark here; `nil` if this is none.
    private func hashesOfString() -> Int? {
        let hashes = text[at...].prefix { $0 == UInt8(ascii: "#") }.count
        return text[at...].dropFirst(hashes).first == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func takeString(hashes: Int) {
        let fence = String(repeating: "#", count: hashes)
        take(hashes)
        let quote = sees("\"\"\"") ? "\"\"\"" : "\""
        take(quote.utf8.count)
        while !isAtEnd {
            if sees(quote + fence) { return take(quote.utf8.count + hashes) }
            if sees("\\" + fence + "(") {
                take(2 + hashes)
                takeCode(isInterpolation: true)
            } else if sees("\\" + fence) {
                take(2 + hashes, isString: true)
            } else {
                take(1, isString: true)
            }
        }
    }
}

extension SwiftText {
    /// The functions and initialisers with a body: line of the first word, counted from 1, and number of lines.
    var functions: [(line: Int, length: Int)] {
        let lines = codeLines
        let start = /(^|\s)(func\s+\S|init[?(<])/
        return lines.indices.compactMap { first in
            guard lines[first].contains(start), let last = endOfBody(from: first, in: lines) else { return nil }
            return (first + 1, last - first + 1)
        }
    }

    /// The line in which the body that a declaration opens is closed; `nil` for a requirement, which has none.
    private func endOfBody(from first: Int, in lines: [Substring]) -> Int? {
        var (brackets, braces, isOpen) = (0, 0, false)
        for index in first..<lines.endIndex {
            for character in lines[index] {
                switch character {
                case "(", "[": brackets += 1
                case ")", "]": brackets -= 1
                case "{":
                    braces += 1
                    isOpen = true
                case "}": braces -= 1
                default: break
                }
                if isOpen, braces == 0 { return index }
                if braces < 0 { return nil }
            }
            let next = index + 1 < lines.endIndex ? lines[index + 1].drop { $0 == " " } : ""
            let goesOn = ["{", "->", "where", "throws", "async", ")"].contains { next.hasPrefix($0) }
            if !isOpen, brackets == 0, !goesOn { return nil }
        }
        return nil
    }
}
