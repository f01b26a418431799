import JSONRPC
import Testing

@testable import CardClient

struct JobProgressTextTests {
    private static func job(_ state: String, _ counts: (String, Int64)...) -> JSON {
        .object(
            JSONObject(
                [.init(name: "state", value: .string(state))]
                    + counts.map { .init(name: $0.0, value: .integer($0.1)) }))
    }

    @Test func `a line tells how much is done, how fast, and how long it takes`() {
        var text = JobProgressText()
        _ = text.line(
            of: Self.job("running", ("rows", 2100), ("invalid", 100), ("waiting", 2000)), at: .seconds(1))
        let line = text.line(
            of: Self.job("running", ("rows", 2100), ("invalid", 100), ("waiting", 1500), ("refused", 3)),
            at: .seconds(3))
        #expect(
            line
                == "running ██████░░░░░░░░░░░░░░░░░░ 25 %  500 of 2,000  250/s  6 s left  3 refused  100 invalid"
        )
    }

    @Test func `what went on before it was seen is not in the rate`() {
        var text = JobProgressText()
        let line = text.line(of: Self.job("running", ("rows", 1000), ("waiting", 100)), at: .seconds(9))
        #expect(line == "running █████████████████████░░░ 90 %  900 of 1,000")
    }

    @Test func `a file that is read says how many rows were`() {
        var text = JobProgressText()
        #expect(
            text.line(of: Self.job("validating", ("rows", 12_345)), at: .zero)
                == "validating: 12,345 rows")
    }

    @Test func `a preview tells what would be refused`() {
        var text = JobProgressText()
        let job = Self.job("previewed", ("rows", 4), ("foreseenDone", 3), ("foreseenRefused", 1))
        #expect(text.line(of: job, at: .zero).hasSuffix("100 %  4 of 4  1 would be refused"))
    }

    @Test(arguments: [(0.4, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (7320, "2 h 2 min")])
    func `time is told in words`(seconds: Double, text: String) {
        #expect(JobProgressText.time(seconds) == text)
    }

    @Test(arguments: [
        (job("done"), false), (job("done", ("refused", 1)), true), (job("done", ("invalid", 1)), true),
        (job("done", ("foreseenRefused", 1)), false), (job("previewed", ("foreseenRefused", 1)), true),
        (job("failed"), true), (job("validated"), false),
    ])
    func `rows that are not done make the program say so`(job: JSON, hasTrouble: Bool) {
        #expect(JobProgressText.hasTrouble(job) == hasTrouble)
    }
}
