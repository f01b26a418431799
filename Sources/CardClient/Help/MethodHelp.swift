import JSONRPC

/// The help texts about methods, from their declarations.
public struct MethodHelp: Sendable {
    private let methods: [MethodDeclaration]
    private let refusals: [String: ErrorText]
    private let language: Language
    private let width: Int

    /// - Parameters:
    ///   - refusals: What each kind of refusal says to the end user, by kind.
    ///   - width: characters of a line; never less than 60.
    public init(
        _ methods: [MethodDeclaration], refusals: [String: ErrorText], language: Language, width: Int = 100
    ) {
        (self.methods, self.refusals, self.language) = (methods, refusals, language)
        self.width = max(60, width)
    }

    public func method(_ name: String) -> MethodDeclaration? { methods.first { $0.name.isSameBytes(as: name) } }

    /// The names of the areas in order.
    public var areas: [String] { Set(methods.map(\.area)).sorted() }

    /// The areas with the number of their methods, on indented lines.
    public var areaList: String {
        let counted = areas.map { area in "\(area)\u{A0}(\(methods.count { $0.area == area }))" }
        return ShownText.wrapped(counted.joined(separator: ", "), to: width - 2).map { "  \($0)\n" }.joined()
    }

    /// All that is known of a method or an area.
    public func text(about topic: String) throws(ArgumentProblem) -> String {
        if let method = method(topic) { return text(of: method) }
        if areas.contains(where: topic.isSameBytes) { return list(area: topic) }
        let names = methods.map(\.name) + areas
        let near = Spelling.nearest(to: topic, in: names).map { "; did you mean \($0)?" } ?? ""
        throw ArgumentProblem("there is no method or area \(topic)\(near)")
    }

    /// Name and summary of the methods.
    ///
    /// - Parameter area: `nil` for all.
    public func list(area: String? = nil) -> String {
        let shown = methods.filter { area.map($0.area.isSameBytes) ?? true }
        return grid(shown.map { [$0.name, $0.summary] }, indentation: 0)
    }

    /// A call with every parameter that is required; if none is, with the first two in brackets.
    public static func example(of method: MethodDeclaration) -> String {
        let required = method.parameters.filter(\.isRequired)
        let shown = required.isEmpty ? Array(method.parameters.prefix(2)) : required
        let words = shown.map { "\($0.name)=\(SchemaText.example(of: $0.schema))" }
        return (["ksb call \(method.name)"] + words.map { required.isEmpty ? "[\($0)]" : $0 }).joined(separator: " ")
    }

    private func text(of method: MethodDeclaration) -> String {
        var text = paragraph("\(method.name): \(method.summary)")
        if !method.details.isEmpty { text += "\n" + paragraph(method.details) }
        text += "\n" + paragraph("For: \(method.accessText).")
        if method.mutates {
            text += paragraph("Writes: ksb adds an idempotencyKey, or takes the one given by --key.")
        }
        text += "\nParameters\n"
        text += method.parameters.isEmpty ? "  none\n" : properties(method.parameters, saysRequired: true)
        let result = SchemaText.members(of: method.result)
        text += "\nResult\n"
        text += result.isEmpty ? "  \(SchemaText.text(of: method.result))\n" : properties(result, saysRequired: false)
        if !method.errors.isEmpty { text += "\nRefusals\n" + grid(method.errors.map(explained), indentation: 2) }
        return text + "\nExample\n  \(Self.example(of: method))\n"
    }

    private func explained(_ error: DeclaredError) -> [String] {
        [error.kind, refusals[error.kind].map(language.text(of:)) ?? ""]
    }

    private func properties(_ properties: [Schema.Property], saysRequired: Bool) -> String {
        grid(properties.flatMap { rows(of: $0, prefix: "", depth: 0, saysRequired: saysRequired) }, indentation: 2)
    }

    /// A parameter or field, and below it the members of its object, as far as they can be typed at a command line.
    private func rows(of property: Schema.Property, prefix: String, depth: Int, saysRequired: Bool) -> [[String]] {
        let name = prefix + property.name
        let need = saysRequired && property.isRequired ? "required, " : ""
        let own = [name, need + SchemaText.text(of: property.schema), property.text]
        if depth == 3 { return [own] }
        var isList = false
        if case .array = property.schema.unnamed { isList = true }
        let inner = SchemaText.members(of: property.schema).flatMap { member in
            rows(of: member, prefix: name + (isList ? "[]." : "."), depth: depth + 1, saysRequired: saysRequired)
        }
        return [own] + inner
    }

    private func paragraph(_ text: String) -> String {
        ShownText.wrapped(text, to: width).map { $0 + "\n" }.joined()
    }

    /// Columns below each other, the last one wrapped.
    private func grid(_ rows: [[String]], indentation: Int) -> String {
        guard let count = rows.first?.count else { return "" }
        let widest = width / 3
        let widths = (0..<count - 1).map { column in min(widest, rows.map { $0[column].count }.max() ?? 0) }
        let start = indentation + widths.reduce(0) { $0 + $1 + 2 }
        return rows.map { row in
            var line = String(repeating: " ", count: indentation)
            for (cell, width) in zip(row, widths) {
                // A cell that is too wide pushes what follows to the next line.
                let rest = cell.count > width ? "\n" + String(repeating: " ", count: start - 2) : ""
                line += cell + (rest.isEmpty ? String(repeating: " ", count: width - cell.count) : rest) + "  "
            }
            let words = ShownText.wrapped(row[count - 1], to: max(24, width - start))
            let rest = words.dropFirst().map { String(repeating: " ", count: start) + $0 + "\n" }
            return line + (words.first ?? "") + "\n" + rest.joined()
        }.joined()
    }
}
