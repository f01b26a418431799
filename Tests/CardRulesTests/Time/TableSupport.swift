import CardRules

extension Instant {
    /// A wall time of Brussels such as `2026-03-28 20:00`.
    static func wall(_ text: String) -> Instant {
        let parts = text.split(separator: " ").map(String.init)
        return Brussels.instant(CivilDate(text: parts[0])!, TimeOfDay(text: parts[1])!)
    }

    /// `2026-03-28 20:00` with more digits only where there are any: what a table of cases holds.
    var wall: String {
        let (date, time) = Brussels.civil(self)
        let fraction = microseconds - seconds * 1_000_000
        return "\(date.text) \(time.text)\(fraction == 0 ? "" : "+\(fraction)µs")"
    }
}

extension String {
    /// The columns of a row of a table, which are separated by `|`. A line break counts as a blank.
    var cells: [String] {
        let line = split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
        return line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
            var cell = cell
            while cell.first == " " { cell.removeFirst() }
            while cell.last == " " { cell.removeLast() }
            return String(cell)
        }
    }
}
