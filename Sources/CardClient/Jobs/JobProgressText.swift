import JSONRPC

/// How far a job is, for people.
public struct JobProgressText {
    private static let barWidth = 24
    /// What was done when it was first seen: the rate is of what was seen.
    private var first: (rows: Int, at: Duration)?
    private var state = ""

    public init() {}

    /// One line: what goes on, how much of it is done, how fast, and how long it will take.
    ///
    /// - Parameter now: Time on any clock that runs evenly.
    public mutating func line(of job: JSON, at now: Duration) -> String {
        let state = job["state"]?.string ?? ""
        let (done, all) = Self.progress(job, state)
        return line(state, done, of: all, at: now) + (all ?? 0 > 0 ? Self.trouble(job) : "")
    }

    /// The same of anything that goes on.
    ///
    /// - Parameters:
    ///   - done: Of the rows, or whatever it is.
    ///   - all: `nil` if that is not known.
    public mutating func line(_ state: String, _ done: Int, of all: Int?, at now: Duration) -> String {
        if state != self.state || first == nil { (self.state, first) = (state, (done, now)) }
        guard let all, all > 0, let first else { return "\(state): \(Self.number(done)) rows" }
        let share = min(1, Double(done) / Double(all))
        let filled = Int(share * Double(Self.barWidth))
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
        var line = "\(state) \(bar) \(Int(share * 100)) %  \(Self.number(done)) of \(Self.number(all))"
        let seconds = (now - first.at) / .seconds(1)
        if done > first.rows, seconds > 0.2 {
            let rate = Double(done - first.rows) / seconds
            line += "  \(Self.number(Int(rate)))/s"
            if done < all { line += "  \(Self.time(Double(all - done) / rate)) left" }
        }
        return line
    }

    private static func count(_ job: JSON, _ name: String) -> Int { Int(job[name]?.integer ?? 0) }

    private static func progress(_ job: JSON, _ state: String) -> (done: Int, all: Int?) {
        let rows = count(job, "rows")
        let fit = rows - count(job, "invalid")
        switch state {
        case "previewing", "previewed":
            return (count(job, "foreseenDone") + count(job, "foreseenRefused"), fit)
        case "running", "done", "failed", "cancelled": return (fit - count(job, "waiting"), fit)
        // How many rows a file has is known when all are read.
        default: return (rows, nil)
        }
    }

    private static func trouble(_ job: JSON) -> String {
        let isForeseen = ["previewing", "previewed"].contains(job["state"]?.string ?? "")
        let names = isForeseen ? ["foreseenRefused", "invalid"] : ["refused", "failed", "invalid"]
        let words = names.map { ($0 == "foreseenRefused" ? "would be refused" : $0, count(job, $0)) }
        return words.filter { $0.1 > 0 }.map { "  \(number($0.1)) \($0.0)" }.joined()
    }

    /// With a comma between thousands.
    public static func number(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.map { index in
            let rest = digits.count - index
            return (index > 0 && rest % 3 == 0 ? "," : "") + String(digits[index])
        }.joined()
    }

    static func time(_ seconds: Double) -> String {
        let seconds = Int(seconds.rounded(.up))
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }

    /// Whether some rows were not done, or would not be.
    public static func hasTrouble(_ job: JSON) -> Bool {
        ["invalid", "refused", "failed", "foreseenRefused"].contains { count(job, $0) > 0 }
            && !(job["state"] == "done"
                && ["invalid", "refused", "failed"].allSatisfy { count(job, $0) == 0 })
            || job["state"] == "failed"
    }
}
