/// The statements that are prepared on one connection: a name for each distinct text with its parameters' types, the
/// least recently used given up first.
struct StatementCache {
    struct Key: Hashable {
        var text: String
        var oids: [UInt32]
    }

    private struct Entry {
        var name: String
        var lastUse: Int
    }

    static let capacity = 200

    private var entries: [Key: Entry] = [:]
    private var uses = 0
    private var names = 0
    /// Names that the server still knows and nobody uses any more.
    private var abandoned: [String] = []

    var count: Int { entries.count }

    /// The name of a statement that is prepared.
    mutating func name(of key: Key) -> String? {
        uses += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// A name for a statement that is about to be prepared. Names are never used twice.
    mutating func insert(_ key: Key) -> String {
        if entries.count >= Self.capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            abandon(oldest.key)
        }
        names += 1
        let name = "s\(names)"
        entries[key] = Entry(name: name, lastUse: uses)
        return name
    }

    /// Forgets a statement that the server did not come to prepare.
    mutating func forget(_ key: Key) { entries[key] = nil }

    private mutating func abandon(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { abandoned.append(entry.name) }
    }

    /// Gives all statements up: they are prepared anew when they are next used.
    mutating func abandonAll() {
        abandoned += entries.values.map(\.name)
        entries.removeAll()
    }

    /// Up to so many names for the server to forget; the caller tells it.
    mutating func takeAbandoned(atMost limit: Int) -> [String] {
        let taken = Array(abandoned.prefix(limit))
        abandoned.removeFirst(taken.count)
        return taken
    }
}
