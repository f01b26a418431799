import Testing

/// How files are written.
struct TextTests {
    /// What a word is written with in this file, so that the rule does not find itself.
    private static let markers = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]

    @Test func `a line has at most 120 characters`() {
        let kinds = [".swift", ".sql", ".sh", ".md", "Makefile", "set-up", ".ci/run", ".service"]
        for file in SourceTree.files where kinds.contains(where: { file.path.hasSuffix($0) }) {
            let long = file.lines.enumerated().filter { $0.element.count > 120 && !Self.mayBeLong($0.element) }
            #expect(long.map { $0.offset + 1 } == [], "\(file)")
        }
    }

    /// Quoted text, names of tests, links and rows of tables cannot be broken.
    private static func mayBeLong(_ line: Substring) -> Bool {
        line.contains("func `") || line.contains(/^\s*[^\/\s].*"/) || line.hasPrefix("|") || line.contains("https://")
    }

    @Test func `a source file has at most 400 lines`() {
        for (file, _) in SourceTree.sources { #expect(file.lines.count - 1 <= 400, "\(file)") }
    }

    @Test func `a function has at most 70 lines`() {
        for (file, parts) in SourceTree.sources {
            #expect(parts.functions.filter { $0.length > 70 }.map(\.line) == [], "\(file)")
        }
    }

    @Test func `nothing is left for later`() throws {
        let marker = try Regex("\\b(\(Self.markers.joined(separator: "|")))\\b").wordBoundaryKind(.simple)
        for file in SourceTree.files {
            for (index, line) in file.lines.enumerated() where line.contains(marker) {
                Issue.record("\(file):\(index + 1) marks something unfinished: \(line)")
            }
        }
    }

    @Test func `no file names a path of the machine it was written on`() {
        let paths = ["/wo" + "rk/", "/opt/" + "swift", "/.lib" + "rary"]
        for file in SourceTree.files {
            for (index, line) in file.lines.enumerated() where paths.contains(where: { line.contains($0) }) {
                Issue.record("\(file):\(index + 1) names a path of some machine: \(line)")
            }
        }
    }

    @Test func `what finds long functions and quoted text sees through strings, comments and interpolations`() {
        let long = "func long() {\n" + String(repeating: "    work()\n", count: 80) + "}\n"
        let text = """
            protocol P {
                func requirement(_ it: Int) -> Int
                init(from: Int)
            }
            // func comment() {
            let quoted = "func text() { \\(call("}", f(1))) {"
            let raw = #"say "now()" \\(x)"#
            \(long)func after(
                _ it: Int
            ) -> Int
            where T: P {
                1
            }
            """
        let parts = SwiftText(text)
        #expect(parts.functions.map(\.length) == [82, 6])
        #expect(parts.functions.map(\.line) == [8, 90])
        #expect(parts.strings.contains("say \"now()\"") && !parts.code.contains("now()"))
        #expect(parts.code.contains("call(") && parts.code.contains("f(1)"))
        #expect(!parts.strings.contains("comment") && !parts.code.contains("comment"))
    }
}
