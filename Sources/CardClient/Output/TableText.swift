import JSONRPC

/// Prints results for people: a list as a table, a record as names and values below each other.
public enum TableText {
    /// A column is never made narrower than this to fit, but for one whose texts are all shorter.
    private static let leastColumn = 8
    private static let gap = "  "

    /// The result on lines, each ended by a line feed.
    ///
    /// - Parameter width: characters of a line, to which wide columns are cut; `nil` to cut nothing. A list with too many
    ///   columns is printed as records.
    public static func text(of result: JSON, width: Int? = nil) -> String {
        let table = ResultTable(result, isFlat: false)
        guard table.isList else {
            if result.object == nil { return ShownText.line(result.cellText) + "\n" }
            return record(ResultTable(result, isFlat: true), row: 0)
        }
        if table.rows.isEmpty { return "(none)\n" + remarks(table) }
        let cells = table.rows.map { row in row.map { ShownText.line($0?.cellText ?? "") } }
        let natural = table.columns.indices.map { column in
            max(table.columns[column].count, cells.map { $0[column].count }.max() ?? 0)
        }
        guard let widths = fit(natural, into: width) else { return records(result) + remarks(table) }
        let isNumeric = table.columns.indices.map { column in table.rows.allSatisfy { $0[column]?.integer != nil } }
        var text = line(table.columns, widths, isNumeric)
        text += line(widths.map { String(repeating: "─", count: $0) }, widths, isNumeric)
        for row in cells { text += line(row, widths, isNumeric) }
        return text + remarks(table)
    }

    /// The widths of the columns, the widest cut first; `nil` if they cannot fit.
    static func fit(_ natural: [Int], into width: Int?) -> [Int]? {
        guard let width else { return natural }
        let available = width - gap.count * (natural.count - 1)
        if natural.reduce(0, +) <= available { return natural }
        if natural.map({ min($0, leastColumn) }).reduce(0, +) > available { return nil }
        // The greatest bound on all columns with which they fit.
        var bound = leastColumn
        while natural.map({ min($0, bound + 1) }).reduce(0, +) <= available { bound += 1 }
        var widths = natural.map { min($0, bound) }
        var rest = available - widths.reduce(0, +)
        for column in widths.indices where rest > 0 && natural[column] > bound {
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

    private static func records(_ result: JSON) -> String {
        let table = ResultTable(result, isFlat: true)
        return table.rows.indices.map { record(table, row: $0) }.joined(separator: "\n")
    }

    private static func record(_ table: ResultTable, row: Int) -> String {
        let present = zip(table.columns, table.rows[row]).filter { $0.1 != nil }
        let width = present.map(\.0.count).max() ?? 0
        return present.map { name, value in
            let cell = ShownText.line(value?.cellText ?? "")
            let padding = String(repeating: " ", count: cell.isEmpty ? 0 : width - name.count)
            return ShownText.line(name) + padding + (cell.isEmpty ? "" : gap + cell) + "\n"
        }.joined()
    }

    private static func remarks(_ table: ResultTable) -> String {
        let rest = table.remarks.map { "\($0.name)=\(ShownText.line($0.value.cellText))" }
        return rest.isEmpty ? "" : "(" + rest.joined(separator: ", ") + ")\n"
    }
}
