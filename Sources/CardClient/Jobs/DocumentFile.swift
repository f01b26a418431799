import JSONRPC

/// Brings in documents of events, places and organizers, some at a time. A file that was interrupted is brought in
/// again: what is stored already stays as it is.
public struct DocumentFile: Sendable {
    public let documents: [JSON]

    /// - Parameter bytes: An array, or one document in each line.
    public init(_ bytes: [UInt8]) throws(ArgumentProblem) {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if first == UInt8(ascii: "[") {
            documents = try CallArguments.parse(bytes, "the file").array ?? []
            return
        }
        var documents: [JSON] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
            documents.append(try CallArguments.parse(Array(line), "line \(index + 1) of the file"))
        }
        self.documents = documents
    }

    /// What became of them.
    public struct Report: Sendable, Hashable {
        public var imported = 0
        public var updated = 0
        public var unchanged = 0
        public var skippedOlder = 0
        public var refused = 0

        fileprivate mutating func add(_ answer: JSON) {
            func count(_ name: String) -> Int { Int(answer[name]?.integer ?? 0) }
            imported += count("imported")
            updated += count("updated")
            unchanged += count("unchanged")
            skippedOlder += count("skippedOlder")
            refused += count("refused")
        }
    }

    /// Documents of one call, and the bytes from which on it is long enough.
    private static let most = (documents: 50, bytes: 1024 * 1024)

    /// - Parameters:
    ///   - show: Gets how many are done, after each call.
    ///   - refuse: Gets the lines that tell about a document that was refused.
    public func bringIn(
        by calls: JobCalls, _ language: Language, show: (Int) -> Void, refuse: (String) throws(FileProblem) -> Void
    ) async throws -> Report {
        var report = Report()
        var start = 0
        while start < documents.count {
            var (end, bytes) = (start, 0)
            while end < documents.count, end - start < Self.most.documents, bytes < Self.most.bytes {
                bytes += documents[end].text.utf8.count
                end += 1
            }
            try await bringIn(start..<end, by: calls, language, &report, refuse)
            start = end
            show(start)
        }
        return report
    }

    /// Documents that the daemon does not take together are sent in halves, until the one is found that it does not
    /// take at all.
    private func bringIn(
        _ places: Range<Int>, by calls: JobCalls, _ language: Language, _ report: inout Report,
        _ refuse: (String) throws(FileProblem) -> Void
    ) async throws {
        do {
            let answer = try await calls.write("event.import", [("documents", .array(Array(documents[places])))])
            report.add(answer)
            for (place, outcome) in zip(places, answer["outcomes"]?.array ?? []) where outcome["outcome"] == "refused" {
                try refuse(RefusedRows.lines(outcome["reasons"], of: Int64(place + 1), language))
            }
        } catch CallFailure.answered(let error) where [-32600, -32602, -32700].contains(error.code) {
            if places.count > 1 {
                let middle = places.lowerBound + places.count / 2
                try await bringIn(places.lowerBound..<middle, by: calls, language, &report, refuse)
                return try await bringIn(middle..<places.upperBound, by: calls, language, &report, refuse)
            }
            report.refused += 1
            let reason: JSON = ["kind": .string(error.kind ?? ""), "message": .string(error.message)]
            try refuse(RefusedRows.lines([reason], of: Int64(places.lowerBound + 1), language))
        }
    }
}
