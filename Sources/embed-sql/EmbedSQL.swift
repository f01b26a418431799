import FoundationEssentials

/// Writes the SQL files named on the command line into one Swift file, each as a raw string literal.
///
/// SwiftPM's own `.embedInCode` writes byte arrays, which take minutes to compile at our size.
@main struct EmbedSQL {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else { return }
        var text = "/// A file of sql/, compiled in.\npublic struct SQLFile: Sendable {\n"
        text += "    /// The file's name, such as `0001_people.sql`.\n    public let name: String\n"
        text += "    /// What it holds.\n    public let text: String\n}\n\nextension SQLFile {\n"
        text += "    /// All files, in the order of their names.\n    public static let all: [SQLFile] = [\n"
        for path in arguments.dropFirst() {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let body = try String(contentsOfFile: path, encoding: .utf8)
            text += "        SQLFile(name: \"\(name)\", text: ####\"\"\"\n\(body)\n\"\"\"####),\n"
        }
        text += "    ]\n}\n"
        try text.write(toFile: output, atomically: true, encoding: .utf8)
    }
}
