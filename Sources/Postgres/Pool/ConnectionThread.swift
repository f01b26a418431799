/// The thread of one session, as the executor of its actor: what the actor does, this thread does, in order.
final class ConnectionThread: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopping = false
    }

    private let monitor = Monitor(State())

    init() { startThread { [self] in run() } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        monitor.locked { $0.jobs.append(job) }
        monitor.signal()
    }

    /// Ends the thread once it has done what it was given.
    func stop() {
        monitor.locked { $0.isStopping = true }
        monitor.signal()
    }

    private func run() {
        while true {
            let jobs = monitor.wait(while: { $0.jobs.isEmpty && !$0.isStopping }) { state in
                defer { state.jobs.removeAll(keepingCapacity: true) }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }
}
