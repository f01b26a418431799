import CardRules
import JSONRPC

/// What a pillar shows: the event, until when, or why nothing.
struct AssignedEventView: ResultRecord {
    let pillar: PillarFacts
    let assignment: Assignment
    let event: DirectoryState.EventEntry?

    static let fields: [ResultField<AssignedEventView>] = [
        .init("event", "What to show; absent if the pillar gives no points now.") { view -> ShownEventView? in
            guard case .event(_, let source, let window) = view.assignment.outcome, let event = view.event else {
                return nil
            }
            return ShownEventView(
                event: event, source: source, window: window, showsCheckInCode: view.pillar.showsCheckInCode)
        },
        .init("reasons", "Why the sources that were asked before gave no event; all of them if there is none.") {
            $0.assignment.passedOver.map(PassedOverView.init)
        },
        .init("nextAt", "When an event is next shown, if there is none now and it is known.") { view in
            if case .none(let nextAt) = view.assignment.outcome { nextAt } else { nil as Instant? }
        },
        .init("validUntil", "When to ask again, unless a notification comes before.") { $0.assignment.validUntil },
    ]
}

/// The event on the pillar's screen.
struct ShownEventView: ResultRecord {
    let event: DirectoryState.EventEntry
    let source: Assignment.Source
    let window: CheckInWindow.Window
    let showsCheckInCode: Bool

    static let fields: [ResultField<ShownEventView>] = [
        .init("id", "The event's cdbid.") { $0.event.facts.id },
        .init("name", "What it is called.") { $0.event.facts.name },
        .init("checkInPoints", "What a check-in gives, in points.") { $0.event.facts.checkInPoints },
        .init("source", "`fixed`, `counterChoice` or `automatic`.") { $0.source.rawValue },
        .init("opensAt", "The start of the current opening.") { $0.window.opening.start },
        .init("closesAt", "Its end.") { $0.window.opening.end },
        .init("checkInsUntil", "Until when check-ins are taken.") { $0.window.end },
        .init("checkInCode", "For the QR code, if the pillar shows one.") {
            $0.showsCheckInCode ? $0.event.checkInCode : nil
        },
    ]
}

/// A source that gave no event, and why.
struct PassedOverView: ResultRecord {
    let passedOver: Assignment.PassedOver

    static let fields: [ResultField<PassedOverView>] = [
        .init("source", "`fixed`, `counterChoice` or `automatic`.") { $0.passedOver.source.rawValue },
        .init("eventId", "The event that it names.") { $0.passedOver.event },
        .init("reasons", "Why that is not shown.") { $0.passedOver.reasons.map(ReasonView.init) },
    ]
}
