import CardRules
import JSONRPC

/// What a pillar shows, with the answer's text made once and served until it may change.
struct ShownAssignment: Sendable {
    let assignment: Assignment
    /// The event that is shown, as it was then.
    let event: DirectoryState.EventEntry?
    let pillarVersion: Int
    /// The hash of the credential by which the pillar's device is known.
    let credential: [UInt8]?
    /// The answer of `pillar.assignedEvent`.
    let reply: [UInt8]
    private let computedAt: Instant

    init(_ pillar: DirectoryState.PillarEntry, in state: DirectoryState, at now: Instant) {
        assignment = PillarRules.assignment(of: pillar.facts, among: state.events(deciding: pillar), at: now)
        if case .event(let id, _, _) = assignment.outcome { event = state.event(id) } else { event = nil }
        (pillarVersion, credential) = (pillar.version, pillar.credential)
        computedAt = now
        reply = AssignedEventView(pillar: pillar.facts, assignment: assignment, event: event).jsonBytes
    }

    func holds(at now: Instant) -> Bool {
        now >= computedAt && (assignment.validUntil.map { now < $0 } ?? true)
    }
}
