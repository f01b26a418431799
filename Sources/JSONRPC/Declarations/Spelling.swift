/// Finds what somebody meant who mistyped a name.
public enum Spelling {
    /// The name with the fewest edits, if they are few enough to be a slip.
    public static func nearest(to typed: String, in names: some Sequence<String>) -> String? {
        let typed = Array(typed.lowercased().utf8.prefix(64))
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = edits(typed, Array(name.lowercased().utf8))
            if distance <= max(1, name.utf8.count / 3), distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    /// Levenshtein's distance.
    private static func edits(_ from: [UInt8], _ to: [UInt8]) -> Int {
        var row = Array(0...to.count)
        for (i, a) in from.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in to.enumerated() {
                let cost = a == b ? diagonal : diagonal + 1
                diagonal = row[j + 1]
                row[j + 1] = min(cost, row[j] + 1, diagonal + 1)
            }
        }
        return row[to.count]
    }
}
