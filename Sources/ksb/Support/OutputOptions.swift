import ArgumentParser
import CardClient
import JSONRPC

/// How a result is printed.
struct OutputOptions: ParsableArguments {
    enum Format: String, EnumerableFlag {
        case table, json, csv

        static func help(for value: Format) -> ArgumentHelp? {
            switch value {
            case .table: "Print a table (on a terminal, if nothing else is said)."
            case .json: "Print JSON (elsewhere, if nothing else is said)."
            case .csv: "Print comma-separated values for a spreadsheet."
            }
        }
    }

    @Flag var format: Format?

    @Option(help: "The columns of a table or CSV, by commas: id,name.nl; all if none are named.")
    var columns: String?

    /// - Parameter declared: What the result looks like: a spreadsheet has the same columns whatever is in them.
    func put(_ result: JSON, as declared: Schema = .any, _ language: Language) {
        let chosen = columns.map { $0.split(separator: ",").map(String.init) }
        switch format ?? (Terminal.isSeen ? .table : .json) {
        case .table:
            Terminal.put(TableText(width: Terminal.width, language: language, columns: chosen).text(of: result))
        case .json: Terminal.put(result.pretty)
        case .csv: Terminal.put(CSVText.text(of: result, columns: chosen ?? declared.columns))
        }
    }
}
