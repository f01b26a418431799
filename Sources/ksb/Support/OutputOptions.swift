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

    func put(_ result: JSON) {
        switch format ?? (Terminal.isSeen ? .table : .json) {
        case .table: Terminal.put(TableText.text(of: result, width: Terminal.width))
        case .json: Terminal.put(result.pretty)
        case .csv: Terminal.put(CSVText.text(of: result))
        }
    }
}
