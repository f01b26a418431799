/// Something that must happen at a certain time, unless it is taken back before.
protocol Timed: AnyObject, Sendable {
    /// Does it. Must not block. Gives the time of the next thing to do, if there is one.
    func fire() -> ContinuousClock.Instant?
}

/// A thread that keeps deadlines. It sleeps until the earliest.
final class Watchdog: Sendable {
    private struct State {
        var entries: [ObjectIdentifier: (time: ContinuousClock.Instant, subject: any Timed)] = [:]
        /// When the thread wakes by itself. Entries that were taken back may let it wake for nothing, so that adding
        /// and taking back, which every transaction does, wakes nobody.
        var wakes: ContinuousClock.Instant?
        var isStopping = false
        var mustLook = false
    }

    private let monitor = Monitor(State())

    init() { startThread { [monitor] in Self.run(monitor) } }

    deinit {
        monitor.locked { $0.isStopping = true }
        monitor.signal()
    }

    func watch(_ subject: any Timed, until time: ContinuousClock.Instant) {
        let isEarlier = monitor.locked { state in
            state.entries[ObjectIdentifier(subject)] = (time, subject)
            guard state.wakes.map({ time < $0 }) ?? true else { return false }
            state.mustLook = true
            return true
        }
        if isEarlier { monitor.signal() }
    }

    func forget(_ subject: any Timed) {
        monitor.locked { _ = $0.entries.removeValue(forKey: ObjectIdentifier(subject)) }
    }

    private static func run(_ monitor: Monitor<State>) {
        var wakes: ContinuousClock.Instant?
        while true {
            let due: [any Timed]? = monitor.wait(until: wakes, while: { !$0.isStopping && !$0.mustLook }) { state in
                if state.isStopping { return nil }
                state.mustLook = false
                let now = ContinuousClock.now
                let due = state.entries.values.filter { $0.time <= now }.map(\.subject)
                for subject in due { state.entries[ObjectIdentifier(subject)] = nil }
                wakes = state.entries.values.map(\.time).min()
                state.wakes = wakes
                return due
            }
            guard let due else { return }
            for subject in due {
                guard let next = subject.fire() else { continue }
                monitor.locked {
                    $0.entries[ObjectIdentifier(subject)] = (next, subject)
                    $0.mustLook = true
                }
            }
        }
    }
}
