import Testing

/// What others tell from when something changed.
struct StandingTests {
    @Test(arguments: [
        ("membership", ["status", "holder_id", "opportunity_end_date", "opportunity_suspended_until"]),
        ("card", ["status", "holder_id"]),
    ])
    func `MEM-13 whoever changes how a membership or a card stands says when`(table: String, columns: [String]) throws {
        let update = try Regex(#"\bupdate\s+\#(table)\b[^"]*?\bset\b([^"]*?)(\bwhere\b|\bfrom\b|"""|$)"#)
        for (file, parts) in SourceTree.sources where file.path.hasPrefix("Sources/CardMethods/") {
            for match in parts.strings.matches(of: update) {
                let assignments = String(match.output[1].substring ?? "")
                let changes = columns.filter { column in
                    assignments.firstMatch(of: try! Regex("\\b\(column)\\s*=").wordBoundaryKind(.simple)) != nil
                }
                #expect(
                    changes.isEmpty || assignments.contains("changed_at"),
                    "\(file) changes \(changes) of a \(table) without changed_at")
            }
        }
    }
}
