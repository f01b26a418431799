import CardRules
import JSONRPC
import Postgres
import Synchronization

/// The connections that want to hear how jobs go on, whichever daemon works on them.
final class JobSubscriptions: Sendable {
    private struct Subscriber {
        /// Gone with its connection.
        weak var peer: Peer?
        let account: AccountID
        let job: JobID
        var shown: [UInt8]
    }

    private let subscribers = Mutex<[Subscriber]>([])
    static let notification = "job.progress"

    func add(_ peer: Peer, _ account: AccountID, _ job: JobID, showing shown: [UInt8]) {
        subscribers.withLock { all in
            all.removeAll { $0.peer === peer && $0.job == job }
            all.append(Subscriber(peer: peer, account: account, job: job, shown: shown))
        }
    }

    func remove(_ peer: Peer) { subscribers.withLock { $0.removeAll { $0.peer === peer } } }

    /// Looks how the jobs stand, and tells those who know otherwise.
    func announce(_ database: Database) async throws {
        let jobs = subscribers.withLock { all in
            all.removeAll { $0.peer == nil || $0.peer?.caller.accountID != $0.account }
            return Set(all.map(\.job))
        }
        if jobs.isEmpty { return }
        let records = try await database.read(settings: [.platform]) {
            try $0.query(
                "select \(fragment: JobRecord.columns) from job j where j.id = any (\(Array(jobs)))"
            ).map(JobRecord.init)
        }
        subscribers.withLock { all in
            for index in all.indices {
                guard let record = records.first(where: { $0.id == all[index].job }) else { continue }
                let bytes = record.jsonBytes
                if bytes == all[index].shown { continue }
                all[index].shown = bytes
                _ = all[index].peer?.push?(Reply.notification(Self.notification, params: bytes))
            }
            let over = Set(records.filter(\.state.isOver).map(\.id))
            all.removeAll { over.contains($0.job) }
        }
    }
}
