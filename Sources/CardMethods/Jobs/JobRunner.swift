import CardRules
import Logging
import Postgres
import Synchronization

/// Works on jobs, one step after the other: some rows of one job in one transaction, then those of the next. Several
/// daemons share the jobs of a database: a job that one works on is locked for the others.
public final class JobRunner: Sendable {
    private let services: Services
    /// How many rows at once are tried of jobs whose step went wrong.
    private let sizes = Mutex<[JobID: Int]>([:])

    /// How long nothing is done when there is nothing to do.
    private static let pause: Duration = .milliseconds(500)

    public init(_ services: Services) { self.services = services }

    /// Works, and tells subscribers, until the task is cancelled. A step that is under way then is finished.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    if await Task(operation: { await self.stepQuietly() }).value {
                        await self.giveWay()
                    } else {
                        try? await Task.sleep(for: Self.pause)
                    }
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    await self.tell()
                    try? await Task.sleep(for: Self.pause)
                }
            }
        }
    }

    /// Lets calls go first that wait for the database.
    private func giveWay() async {
        let end = ContinuousClock.now + .seconds(1)
        while services.database.statistics.waiting > 0, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func stepQuietly() async -> Bool {
        do { return try await step() } catch {
            services.logger.debug("no job worked on", metadata: ["error": "\(error)"])
            return false
        }
    }

    func tell() async {
        do { try await services.jobSubscriptions.announce(services.database) } catch {
            services.logger.debug("progress not told", metadata: ["error": "\(error)"])
        }
    }

    /// Does one step of the job that waited longest. False if there is none, or the database cannot be reached.
    func step() async throws -> Bool {
        let claimed = Mutex<JobRecord?>(nil)
        do {
            return try await services.jobDatabase.transaction(opening: [Self.asPlatform], deadline: .seconds(60)) {
                transaction in
                guard let step = try JobWorkStep(transaction, self.services) else { return false }
                claimed.withLock { $0 = step.job }
                try step.take(atMost: self.sizes.withLock { $0[step.job.id] })
                self.sizes.withLock { $0[step.job.id] = nil }
                return true
            }
        } catch let error as PostgresError where error.isUnavailable {
            throw error
        } catch {
            guard let job = claimed.withLock(\.self) else { throw error }
            try await note(error, job)
            return true
        }
    }

    private static let asPlatform: SQL = "select set_config('role', 'ksbd_platform', true)"

    /// A step that went wrong was undone. It is tried again with half as many rows, until the one is found that it is
    /// about: that one has failed.
    private func note(_ error: any Error, _ job: JobRecord) async throws {
        let size = sizes.withLock { sizes in
            let before = sizes[job.id] ?? 64
            sizes[job.id] = max(1, before / 2)
            return before
        }
        services.logger.error(
            "a step of a job was undone", metadata: ["job": "\(job.id)", "rows": "\(size)", "error": "\(error)"])
        try await services.jobDatabase.transaction(opening: [Self.asPlatform]) { [services] transaction in
            try JobWorkStep.giveUp(job, isSingle: size == 1, transaction, at: services.clock.realNow)
        }
    }
}
