import JSONRPC

/// Finds the counter that somebody means among those at which he works, from the items of `session.counters`.
public enum CounterMatch {
    /// By id, by whole name, or by a part of the name that no other has; letter case does not matter.
    public static func find(_ wanted: String, among counters: [JSON]) throws(ArgumentProblem) -> JSON {
        let word = wanted.lowercased()
        let exact = counters.filter { $0["id"]?.string == word || $0["name"]?.string?.lowercased() == word }
        let found = exact.isEmpty ? counters.filter { $0["name"]?.string?.lowercased().contains(word) == true } : exact
        if found.count == 1 { return found[0] }
        let names = (found.isEmpty ? counters : found).compactMap { counter in
            counter["name"]?.string.map { "\($0) (\(counter["id"]?.string ?? ""))" }
        }
        let problem = found.isEmpty ? "you work at no counter “\(wanted)”" : "“\(wanted)” fits several counters"
        throw ArgumentProblem(([problem + ":"] + names.map { "  " + $0 }).joined(separator: "\n"))
    }
}
