import Glibc
import JSONRPC

/// The rows of the bench's table, told as they come and kept for `bench.json`.
final class Report {
    struct Row {
        let work: String
        let ours: String
        let peer: String
        let ratio: Double?
        let goal: String
        let isReached: Bool?
    }

    private var rows: [Row] = []
    private var facts: [(name: String, value: JSON)] = []

    func progress(_ text: String) {
        print("… \(text)")
        fflush(nil)
    }

    func fact(_ name: String, _ value: JSON) { facts.append((name, value)) }

    /// - Parameter atLeast: The ratio of ours to the peer's that must be reached, or with `isCeiling` not be passed.
    func compare(
        _ work: String, ours: Double, peer: Double, unit: String, peerName: String, goal: Double,
        isCeiling: Bool = false
    ) {
        // Without both figures nothing is shown to be reached.
        let ratio = ours > 0 && peer > 0 && ours.isFinite ? ours / peer : nil
        rows.append(
            Row(
                work: work, ours: "\(Self.text(ours)) \(unit)", peer: "\(peerName) \(Self.text(peer)) \(unit)",
                ratio: ratio,
                goal: (isCeiling ? "≤ " : "≥ ") + Self.text(goal) + "×",
                isReached: ratio.map { isCeiling ? $0 <= goal : $0 >= goal } ?? false))
    }

    func absolute(_ work: String, _ value: Double, unit: String, atMost goal: Double) {
        rows.append(
            Row(
                work: work, ours: "\(Self.text(value)) \(unit)", peer: "–", ratio: nil,
                goal: "≤ \(Self.text(goal)) \(unit)",
                isReached: value <= goal))
    }

    /// What there is no peer of.
    func absolute(_ work: String, _ value: Double, unit: String) {
        rows.append(
            Row(work: work, ours: "\(Self.text(value)) \(unit)", peer: "–", ratio: nil, goal: "–", isReached: nil))
    }

    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if value >= 1000 { return "\(Int(value.rounded()))" }
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return rest == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// The table, columns lined up.
    var table: String {
        let cells =
            [["work", "ours", "peer", "ratio", "goal", ""]]
            + rows.map {
                [
                    $0.work, $0.ours, $0.peer, $0.ratio.map { Self.text($0) + "×" } ?? "", $0.goal,
                    $0.isReached.map { $0 ? "reached" : "MISSED" } ?? "",
                ]
            }
        let widths = (0..<6).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// Writes everything as JSON.
    func write(to path: String) {
        let all = JSON.object(
            JSONObject(
                facts.map { .init(name: $0.name, value: $0.value) } + [
                    .init(
                        name: "rows",
                        value: .array(
                            rows.map { row in
                                [
                                    "work": .string(row.work), "ours": .string(row.ours), "peer": .string(row.peer),
                                    "ratio": row.ratio.map { .number(Self.text($0)) } ?? .null,
                                    "goal": .string(row.goal), "reached": row.isReached.map(JSON.bool) ?? .null,
                                ]
                            }))
                ]))
        guard let file = fopen(path, "w") else { return }
        fputs(all.pretty + "\n", file)
        fclose(file)
    }
}
