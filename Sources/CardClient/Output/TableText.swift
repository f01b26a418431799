import JSONRPC

/// Prints results for people: a list as a table, a record as names and values below each other.
public struct TableText {
    /// A column is never made narrower than this to fit, but for one whose texts are all shorter.
    private static let leastColumn = 8
    private static let gap = "  "

    private let width: Int?
    private let columns: [String]?
    private let cells: CellText

    /// - Parameters:
    ///   - width: Characters of a line, to which wide columns are cut; `nil` to cut nothing. A list with too many
    ///     columns is printed as records.
    ///   - language: In which texts in several languages are shown.
    ///   - columns: Those to show, as `name` or `outer.inner`; `nil` for all.
    public init(width: Int? = nil, language: Language, columns: [String]? = nil) {
        (self.width, self.columns, cells) = (width, columns, CellText(language: language))
    }

    /// The result on lines, each ended by a line feed.
    public func text(of result: JSON) -> String {
        let table = ResultTable(result, .none, columns: columns)
        guard table.isList else {
            if result.object == nil { return shown(result) + "\n" }
            return record(ResultTable(result, .records, columns: columns), row: 0)
        }
        if table.rows.isEmpty { return "(none)\n" + remarks(table) }
        let cells = table.rows.map { row in row.map(shown) }
        let natural = table.columns.indices.map { column in
            max(table.columns[column].count, cells.map { $0[column].count }.max() ?? 0)
        }
        // An id is there to be copied.
        let ids = Set(table.columns.indices.filter { table.columns[$0] == "id" })
        guard let widths = Self.fit(natural, fixed: ids, into: width) else { return records(result) + remarks(table) }
        let isNumeric = table.columns.indices.map { column in table.rows.allSatisfy { $0[column]?.integer != nil } }
        var text = Self.line(table.columns, widths, isNumeric)
        text += Self.line(widths.map { String(repeating: "─", count: $0) }, widths, isNumeric)
        for row in cells { text += Self.line(row, widths, isNumeric) }
        return text + remarks(table)
    }

    /// The widths of the columns, the widest cut first; `nil` if they cannot fit.
    ///
    /// - Parameter fixed: Columns that are never cut.
    static func fit(_ natural: [Int], fixed: Set<Int> = [], into width: Int?) -> [Int]? {
        guard let width else { return natural }
        let available = width - gap.count * (natural.count - 1)
        func bounded(_ bound: Int) -> [Int] {
            natural.enumerated().map { fixed.contains($0.offset) ? $0.element : min($0.element, bound) }
        }
        if natural.reduce(0, +) <= available { return natural }
        if bounded(leastColumn).reduce(0, +) > available { return nil }
        // The greatest bound with which the columns fit; what then is left goes to the first that it cuts.
        var bound = leastColumn
        while bounded(bound + 1).reduce(0, +) <= available { bound += 1 }
        var widths = bounded(bound)
        var rest = available - widths.reduce(0, +)
        for column in widths.indices where rest > 0 && widths[column] < natural[column] {
            widths[column] += 1
            rest -= 1
        }
        return widths
    }

    private static func line(_ cells: [String], _ widths: [Int], _ isNumeric: [Bool]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let shown = ShownText.cut(cell, to: widths[index])
            let padding = String(repeating: " ", count: widths[index] - shown.count)
            line += (index == 0 ? "" : gap) + (isNumeric[index] ? padding + shown : shown + padding)
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    private func shown(_ value: JSON?) -> String { ShownText.line(value.map(cells.text) ?? "") }

    private func records(_ result: JSON) -> String {
        let table = ResultTable(result, .records, columns: columns)
        return table.rows.indices.map { record(table, row: $0) }.joined(separator: "\n")
    }

    private func record(_ table: ResultTable, row: Int) -> String {
        let present = zip(table.columns, table.rows[row]).filter { $0.1 != nil }
        let width = present.map(\.0.count).max() ?? 0
        return present.map { name, value in
            let cell = shown(value)
            let padding = String(repeating: " ", count: cell.isEmpty ? 0 : width - name.count)
            return ShownText.line(name) + padding + (cell.isEmpty ? "" : Self.gap + cell) + "\n"
        }.joined()
    }

    private func remarks(_ table: ResultTable) -> String {
        let rest = table.remarks.map { "\($0.name)=\(shown($0.value))" }
        return rest.isEmpty ? "" : "(" + rest.joined(separator: ", ") + ")\n"
    }
}
