import JSONRPC

extension JobCalls {
    /// Sends a file.
    ///
    /// - Parameters:
    ///   - partBytes: How many bytes are sent at once.
    ///   - show: Gets how many bytes are there, after each part.
    public func upload(_ file: FileParts, to job: JSON, partBytes: Int = 192 * 1024, _ show: (Int) -> Void) async throws
    {
        var offset = 0
        var part = try file.next(partBytes)
        while true {
            let next = try part.count < partBytes ? [] : file.next(partBytes)
            _ = try await write(
                "job.upload",
                [
                    ("jobId", job), ("offset", .integer(Int64(offset))),
                    ("base64", .string(Base64.text(part))),
                    ("isLast", .bool(next.isEmpty)),
                ])
            offset += part.count
            show(offset)
            if next.isEmpty { return }
            part = next
        }
    }

    /// Gets the outcome of a job as CSV, page by page.
    ///
    /// - Parameter write: Gets each page's text.
    public func outcome(
        of job: JSON, _ language: Language, _ write: (String) throws(FileProblem) -> Void
    ) async throws {
        var cursor: JSON?
        repeat {
            let page = try await read(
                "job.outcome",
                [("jobId", job), ("language", .string(language.rawValue)), ("limit", 500)]
                    + (cursor.map { [("cursor", $0)] } ?? []))
            try write(page["text"]?.string ?? "")
            cursor = page["nextCursor"]
        } while cursor != nil
    }
}
