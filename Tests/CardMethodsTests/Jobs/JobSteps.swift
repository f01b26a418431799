import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The steps that tests of bulk work are told in.
extension Scene {
    /// A job with its file, its header read.
    func job(
        _ peer: Peer, _ method: String, _ csv: String, in cardSystem: CardSystemID = SceneData.here,
        sharing params: JSON = [:], with more: JSON = [:]
    ) async throws -> JSON {
        let create: JSON = [
            "cardSystemId": .string(cardSystem.text), "method": .string(method), "name": "Job", "params": params,
        ]
        let id = try await ok(peer, "job.create", create.merged(with: more))["id"]!
        try await ok(peer, "job.upload", ["jobId": id, "offset": 0, "text": .string(csv), "isLast": true])
        try await ok(peer, "job.validate", ["jobId": id])
        return id
    }

    /// A job whose rows were read and are about to be done.
    func started(
        _ peer: Peer, _ method: String, _ csv: String, sharing params: JSON = [:]
    ) async throws -> JSON {
        let id = try await job(peer, method, csv, sharing: params)
        try await work()
        try await ok(peer, "job.start", ["jobId": id])
        return id
    }

    /// Does all that jobs have to do.
    func work() async throws {
        let runner = JobRunner(services)
        while try await runner.step() {}
    }

    /// The rows of a job: number, state, what is foreseen, kinds of the reasons.
    func rows(_ peer: Peer, _ job: JSON) async throws -> [String] {
        let page = try await ok(peer, "job.rows", ["jobId": job, "limit": 500])
        return page["items"]!.array!.map { row in
            let words = [row["state"]?.string, row["foreseen"]?.string.map { "(\($0))" }]
            let kinds = row["reasons"]!.array!.map { $0["kind"]!.string! }
            return ([String(row["row"]!.integer!)] + words.compactMap(\.self) + kinds).joined(separator: " ")
        }
    }

    func eraseOldFiles() async throws {
        let realNow = services.clock.realNow
        try await owner.transaction { try Pruning.run(at: realNow + .days(8), $0) }
    }

    /// A file that names cards of holders, one a row.
    static func cards(_ holders: some Sequence<Int>) -> String {
        "cardNumber\n" + holders.map { Holder($0).number + "\n" }.joined()
    }

    /// How often each of these holders' cards was blocked by a job.
    func blockings(_ holders: some Sequence<Int>) async throws -> [Int] {
        let rows = try await owner.transaction {
            try $0.query("select object_id from audit where method = 'card.block' and outcome = 'done'").map {
                try $0[0] as CardID
            }
        }
        return holders.map { holder in rows.count { $0 == Holder(holder).card } }
    }
}
