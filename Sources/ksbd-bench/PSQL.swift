import CardServer

/// psql in one session of its own, as somebody at a terminal has it: each statement goes over its socket as a simple
/// query, and `\timing` tells what it took until its rows had come.
final class PSQL {
    private let child: Child

    init(_ rig: Rig) {
        child = Child(["psql", "-XqAt", "-h", rig.address.socketFolder, "-U", "postgres", "-d", "ksbd"])
        child.say("\\timing on\n\\o /dev/null\n")
    }

    /// Runs statements in order; the milliseconds that all of them took.
    func milliseconds(_ statements: [String]) throws -> Double {
        child.say(statements.map { $0 + ";\n" }.joined() + "\\echo done\n")
        var (sum, count) = (0.0, 0)
        while let line = child.line(), line != "done" {
            guard line.hasPrefix("Time: "), let time = Double(line.dropFirst(6).prefix { $0 != " " }) else { continue }
            (sum, count) = (sum + time, count + 1)
        }
        guard count == statements.count else { throw BenchError(text: "psql told \(count) times of \(statements)") }
        return sum
    }

    /// Ends the session.
    func quit() {
        child.say("\\q\n")
        child.wait()
    }
}
