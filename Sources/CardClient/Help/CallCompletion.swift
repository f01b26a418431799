import JSONRPC

/// What a shell may offer for the words of `ksb call METHOD name=value …`.
public enum CallCompletion {
    /// Method names that begin with what was typed.
    public static func methods(_ prefix: String, among methods: [MethodDeclaration]) -> [String] {
        methods.map(\.name).filter { $0.hasPrefix(prefix) }
    }

    /// Parameters of the method that stands among the words, each with its `=`; those given already are left out.
    public static func parameters(_ words: [String], _ prefix: String, among methods: [MethodDeclaration]) -> [String] {
        guard let method = methods.first(where: { words.contains($0.name) }) else { return [] }
        if let equals = prefix.firstIndex(of: "=") {
            let parameter = method.parameters.first { $0.name == prefix[..<equals] }
            return values(of: parameter?.schema ?? .any).map { prefix[...equals] + $0 }.filter { $0.hasPrefix(prefix) }
        }
        let given = words.compactMap { word in word.firstIndex(of: "=").map { String(word[..<$0]) } }
        return method.parameters.map(\.name).filter { $0.hasPrefix(prefix) && !given.contains($0) }.map { $0 + "=" }
    }

    private static func values(of schema: Schema) -> [String] {
        switch schema.unnamed {
        case .words(let words): words
        case .boolean: ["true", "false"]
        case .array(let element, _): values(of: element)
        default: []
        }
    }
}
