import Testing

@testable import CardRules

/// Which steps a job takes in which state.
struct JobStateTests {
    /// For each state: upload, validate, preview, start, retry, cancel.
    static let table: [(JobState, String)] = [
        (.uploading, "u....c"), (.uploaded, ".v...c"), (.validating, ".....c"), (.validated, "..ps.c"),
        (.previewing, ".....c"), (.previewed, "..ps.c"), (.running, ".....c"), (.done, "....r."),
        (.cancelled, "......"), (.failed, "....r."),
    ]

    @Test(arguments: table)
    func `a job takes the steps that its state allows, and no others`(state: JobState, steps: String) {
        let facts = JobFacts(state: state, hasStarted: true, openRows: 1, isErased: false)
        for (step, letter) in zip(JobStep.allCases, steps) {
            #expect(facts.reasons(against: step).map(\.kind) == (letter == "." ? [.jobWrongState] : []), "\(step)")
        }
    }

    @Test(arguments: [
        (false, 1, false, [RefusalKind.jobWrongState]), (true, 0, false, [.jobNothingToRetry]),
        (true, 1, true, [.jobFileErased]), (true, 0, true, [.jobFileErased, .jobNothingToRetry]), (true, 1, false, []),
    ])
    func `only rows that were begun and are open are tried again`(
        hasStarted: Bool, openRows: Int, isErased: Bool, kinds: [RefusalKind]
    ) {
        let facts = JobFacts(state: .failed, hasStarted: hasStarted, openRows: openRows, isErased: isErased)
        #expect(facts.reasons(against: .retry).map(\.kind) == kinds)
    }

    @Test func `what is worked on comes to an end, and only that`() {
        #expect(JobState.allCases.filter { $0.next != nil } == JobState.allCases.filter(\.isWorked))
        #expect(JobState.allCases.filter { $0.isWorked && $0.isOver } == [])
    }

    @Test(arguments: [(0, 0, true), (10, 10, true), (10, 0, false), (0, 10, false)])
    func `a part of a file is taken where the one before ended`(offset: Int, uploaded: Int, isTaken: Bool) {
        #expect(JobLimits.reasons(againstPartAt: offset, after: uploaded).isEmpty == isTaken)
    }
}
