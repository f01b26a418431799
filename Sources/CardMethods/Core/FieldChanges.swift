import JSONRPC
import Postgres

/// The fields that a partial update changes: their names for audit and conflicts, and their assignments for the table.
struct FieldChanges {
    private(set) var names: [String] = []
    private var assignments: [SQL] = []

    /// A field that is never empty: `nil` leaves it alone.
    mutating func set<Value>(_ name: String, to value: Value?, _ assignment: (Value) -> SQL) {
        guard let value else { return }
        names.append(name)
        assignments.append(assignment(value))
    }

    /// A field that may be cleared.
    mutating func change<Value>(_ name: String, _ change: Change<Value>, _ assignment: (Value?) -> SQL) {
        switch change {
        case .keep: return
        case .clear: assignments.append(assignment(nil))
        case .set(let value): assignments.append(assignment(value))
        }
        names.append(name)
    }

    /// For `update … set`: all assignments, and the next version.
    var sql: SQL { .joined(assignments + ["version = version + 1"], separator: ", ") }
}
