import FoundationEssentials

/// The files of the repository as they lie beside this one.
enum SourceTree {
    /// A file with its text.
    struct File: Sendable, CustomStringConvertible {
        /// From the top of the repository: `Sources/CardRules/Time/Instant.swift`.
        let path: String
        let text: String

        var description: String { path }
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var isSwift: Bool { path.hasSuffix(".swift") }
    }

    static let top = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    /// What stands at the top, git's and the build's own things left out.
    static func topLevel() throws -> [String] {
        let foreign = [".git", ".build", "Package.resolved"]
        return try FileManager.default.contentsOfDirectory(atPath: top)
            .filter { !foreign.contains($0) && !$0.hasPrefix(".build-") }.sorted()
    }

    /// All files that are text, in the order of their paths.
    static let files: [File] = {
        let manager = FileManager.default
        let inside = ((try? topLevel()) ?? []).flatMap { name in
            [name] + ((try? manager.subpathsOfDirectory(atPath: top + "/" + name)) ?? []).map { name + "/" + $0 }
        }
        return inside.sorted().compactMap { path in
            guard let data = manager.contents(atPath: top + "/" + path),
                let text = String(validating: data, as: UTF8.self)
            else { return nil }
            return File(path: path, text: text)
        }
    }()

    static func files(below folder: String) -> [File] { files.filter { $0.path.hasPrefix(folder + "/") } }
    /// What we build, each file with its text taken apart.
    static let sources = files(below: "Sources").filter(\.isSwift).map { (file: $0, parts: SwiftText($0.text)) }
}
