import ArgumentParser
import CardMethods
import CardServer
import Glibc
import Logging
import Postgres

/// Measures the daemon against its peers, both sides in the same run on the same machine.
@main struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ksbd-bench", abstract: "Measure the daemon against PostgreSQL and Redis.",
        subcommands: [Compare.self, Grow.self, Load.self], defaultSubcommand: Compare.self)
}

/// The table of the architecture: check-ins, ticket sales and tariffs, redemptions, the pillar's question, memory,
/// push, imports.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The comparisons of a few minutes.")

    @Option(help: "How long each measurement of check-ins lasts, in seconds.") var seconds = 20.0
    @Option(help: "Only the parts whose names hold this: checkin, tickets, redemption, event, idle, push, import.")
    var only = ""

    func run() async throws {
        let report = Report()
        try await Rig.with(BenchWorld(), report) { rig in
            var comparison = Comparison(rig: rig, report: report, seconds: seconds)
            if "checkin".contains(only) { comparison.compare(.checkIn) }
            if "tickets".contains(only) {
                comparison.compare(.sale)
                comparison.tariffs()
            }
            if "redemption".contains(only) { comparison.compare(.redemption) }
            if "event".contains(only) { comparison.assignedEvent() }
            if "idle".contains(only) { comparison.idlePillars() }
            if "push".contains(only) { try await comparison.push() }
            if "import".contains(only) { try Imports(rig: rig, report: report).compare() }
        }
        print("\n" + report.table)
        report.write(to: ".build/bench.json")
        print("\nAlso in .build/bench.json")
    }
}

/// The check-in rate as the stored check-ins grow, and searches among a million holders.
struct Grow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The comparisons that need large tables.")

    @Option(help: "How many holders.") var holders = 1_000_000
    @Option(help: "The largest number of stored check-ins.") var checkIns = 10_000_000
    @Option(help: "How long each measurement lasts, in seconds.") var seconds = 30.0

    func run() async throws {
        let report = Report()
        var world = BenchWorld()
        world.holders = holders
        try await Rig.with(world, report) { rig in
            var growth = Growth(rig: rig, report: report, seconds: seconds)
            try growth.checkIns(upTo: checkIns)
            try Searches(rig: rig, report: report).compare()
        }
        print("\n" + report.table)
        report.write(to: ".build/bench-large.json")
        print("\nAlso in .build/bench-large.json")
    }
}
