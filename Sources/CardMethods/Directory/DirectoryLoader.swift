import CardRules
import Postgres

/// Everything that a daemon remembers, as it was read.
struct LoadedDirectory: Sendable {
    let state: DirectoryState
    /// The last change that is certainly in it.
    let sequence: Int64
}

/// Reads for the directory, one load of everything at a time.
actor DirectoryLoader {
    private let database: Database
    private var running: Task<LoadedDirectory, any Error>?
    /// Waits for the running one to end.
    private var next: Task<LoadedDirectory, any Error>?

    init(database: Database) { self.database = database }

    /// Everything, as it is after this was asked: a load that runs already may miss what the caller knows of, so those
    /// who ask meanwhile share the next one.
    func everything(_ clock: BusinessClock) async throws -> LoadedDirectory {
        if let next { return try await next.value }
        let before = running
        let task = Task {
            _ = await before?.result
            self.begin()
            return try await self.read(clock)
        }
        next = task
        return try await task.value
    }

    private func begin() { (running, next) = (next, nil) }

    private func read(_ clock: BusinessClock) async throws -> LoadedDirectory {
        try await database.transaction(opening: Self.opening, deadline: .seconds(60)) { transaction in
            // The number is read first: a change that commits meanwhile is applied once more, which does no harm.
            let platform = try transaction.query("select change_sequence, clock_offset_microseconds from platform")[0]
            // Only by the database's time is it known which events are over.
            clock.adopt(offset: Instant.Span(microseconds: try platform[1]))
            return LoadedDirectory(
                state: try DirectoryState.load(transaction, now: clock.now), sequence: try platform[0])
        }
    }

    /// The state with changed rows read anew.
    func changed(_ state: DirectoryState, _ change: DirectoryChange) async throws -> DirectoryState {
        try await database.transaction(opening: Self.opening, deadline: .seconds(30)) { transaction in
            var state = state
            try state.apply(change, transaction)
            return state
        }
    }

    /// How far business time was moved.
    func clockOffset() async throws -> Instant.Span {
        try await database.transaction(deadline: .seconds(30)) {
            Instant.Span(microseconds: try $0.query("select clock_offset_microseconds from platform")[0][0])
        }
    }

    private static let opening: [SQL] = ["select set_config('role', 'ksbd_platform', true)"]
}
