import JSONRPC

/// What did not come in, for a spreadsheet: a line for each reason, with row, column, kind and text.
public enum RefusedRows {
    public static let header = CSVText.line(["row", "column", "kind", "text"])

    /// The lines of one row of a file.
    ///
    /// - Parameters:
    ///   - reasons: As `job.rows` and `event.import` tell them.
    ///   - row: Its place in the file.
    public static func lines(_ reasons: JSON?, of row: Int64, _ language: Language) -> String {
        (reasons?.array ?? []).map { reason in
            let text = [language.text(of: reason["message"]), problem(reason)].compactMap(\.self)
            return CSVText.line([
                .integer(row), .string(column(reason)), reason["kind"] ?? .null, .string(text.joined(separator: ": ")),
            ])
        }.joined()
    }

    /// By name if it is known, else by number.
    private static func column(_ reason: JSON) -> String {
        let path = reason["pointer"]?.string?.split(separator: "/").joined(separator: ".")
        return path ?? reason["column"]?.integer.map(String.init) ?? ""
    }

    /// What is wrong with a document's field.
    private static func problem(_ reason: JSON) -> String? { reason["details"]?["problem"]?.string }
}

extension JobCalls {
    /// The rows of a job that did not come in.
    ///
    /// - Parameter write: Gets the text, page by page.
    public func refusedRows(
        of job: JSON, _ language: Language, _ write: (String) throws(FileProblem) -> Void
    ) async throws {
        for state in ["invalid", "refused", "failed"] {
            var cursor: JSON?
            repeat {
                let page = try await read(
                    "job.rows",
                    [("jobId", job), ("state", .string(state)), ("limit", 500)]
                        + (cursor.map { [("cursor", $0)] } ?? []))
                for row in page["items"]?.array ?? [] {
                    try write(RefusedRows.lines(row["reasons"], of: row["row"]?.integer ?? 0, language))
                }
                cursor = page["nextCursor"]
            } while cursor != nil
        }
    }
}
