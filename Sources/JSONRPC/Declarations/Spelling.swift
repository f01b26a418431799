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

    /// Letters left out, added, replaced, or swapped with their neighbour: the fewest that lead from one to the other.
    private static func edits(_ from: [UInt8], _ to: [UInt8]) -> Int {
        var before: [Int] = []
        var last = Array(0...to.count)
        for (i, letter) in from.enumerated() {
            var row = [i + 1]
            for (j, other) in to.enumerated() {
                var least = min(row[j] + 1, last[j + 1] + 1, letter == other ? last[j] : last[j] + 1)
                if i > 0, j > 0, letter == to[j - 1], other == from[i - 1] { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            (before, last) = (last, row)
        }
        return last[to.count]
    }
}
