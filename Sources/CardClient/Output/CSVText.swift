import JSONRPC

/// Prints results for spreadsheets: comma-separated values (RFC 4180) with a line of column names.
public enum CSVText {
    /// Objects within a row become columns `outer.inner`. What a list says beside its items is left out.
    ///
    /// A text that a spreadsheet would take for a formula is made plain text by an apostrophe before it.
    ///
    /// - Parameter columns: Those to print, as `name` or `outer.inner`; `nil` for all.
    public static func text(of result: JSON, columns: [String]? = nil) -> String {
        let table = ResultTable(result, .all, columns: columns)
        let lines = [table.columns.map(JSON.string)] + table.rows.map { row in row.map { $0 ?? .null } }
        return lines.map(line).joined()
    }

    static func line(_ cells: [JSON]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ value: JSON) -> String {
        let text = CellText().text(of: value)
        let isNumber = value.integer != nil
        let plain = !isNumber && text.utf8.first.map(isFormula) == true ? "'" + text : text
        let needsQuotes = plain.utf8.contains { [0x22, 0x2C, 0x3B, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return plain }
        var quoted = "\""
        for scalar in plain.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// `=`, `+`, `-`, `@`, tab, carriage return.
    private static func isFormula(_ first: UInt8) -> Bool { [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) }
}
