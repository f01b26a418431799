import CardRules
import JSONRPC
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import CardMethods

/// The steps that tests are told in.
extension Scene {
    typealias Holder = SceneData.Holder

    // MARK: Events

    /// Brings an event in and gives it its settings.
    @discardableResult
    func event(
        _ number: Int, of place: SceneData.Place = .library, _ calendar: JSON = SceneDocuments.always, points: Int = 1,
        limit: JSON = nil
    ) async throws -> EventID {
        let document = SceneDocuments.event(number, of: place.organizer, calendar)
        try await ok(peer(.operating), "event.import", ["documents": [document]])
        try await settings(of: SceneData.event(number), points: points, limit: limit)
        return SceneData.event(number)
    }

    func settings(of event: EventID, points: Int, limit: JSON = nil) async throws {
        let settings: JSON = ["eventId": .string(event.text), "checkInPoints": .integer(Int64(points))]
        let full = limit.isNull ? settings : settings.merged(with: ["checkInLimit": limit])
        try await ok(peer(.operating), "event.setSettings", full)
    }

    static func limit(_ volume: Int, per period: PeriodLimit.Period) -> JSON {
        ["volume": .integer(Int64(volume)), "period": .string(period.rawValue)]
    }

    // MARK: Check-ins

    func checkIn(
        _ peer: Peer, _ holder: Holder, _ event: EventID = SceneData.alwaysOpen, key: String? = nil
    ) async -> Result<JSON, RPCError> {
        await call(
            peer, "checkIn.create", ["eventId": .string(event.text), "cardNumber": .string(holder.number)], key: key)
    }

    /// What is shown as somebody's points: saved less owed.
    func points(_ holder: Holder) async throws -> Int {
        try await value(
            "select sum(posted_credit - posted_debit)::bigint from ledger_account where owner_id = \(holder.id)")
    }

    /// Spends points, as an exchange does.
    func spend(_ points: Int, _ holder: Holder) async throws {
        let posting = try Self.spending(points, of: holder)
        try await ledger { transaction, note in
            _ = try LedgerWriter.post(
                TransferGroup(id: ID(at: note.recordedAt), postings: [posting]), note, in: transaction)
        }
    }

    /// Keeps points free that may be spent later.
    @discardableResult
    func hold(_ points: Int, of holder: Holder, until end: Instant) async throws -> HoldID {
        let hold = Hold(id: ID(at: now), posting: try Self.spending(points, of: holder), expiresAt: end)
        try await ledger { transaction, note in try LedgerHolds.place(hold, note, in: transaction) }
        return hold.id
    }

    static func spending(_ points: Int, of holder: Holder) throws -> Posting {
        try Posting(debit: holder.account, credit: PointsAccount.spent.platformAccount!, amount: points, unit: .point)
    }

    /// Does something with the ledger, as a method would that there is none of yet.
    func ledger<R: Sendable>(_ body: @escaping @Sendable (Transaction, LedgerNote) throws -> R) async throws -> R {
        let note = LedgerNote(cardSystem: SceneData.here, reason: "test", reference: nil, eventAt: now, recordedAt: now)
        return try await services.database.transaction(
            opening: ["select set_config('role', 'ksbd_platform', true)"]
        ) { try body($0, note) }
    }

    // MARK: The clock

    /// Moves time forward for all daemons.
    func advance(_ span: Instant.Span) async throws {
        try await ok(
            peer(.operating), "clock.advance", ["seconds": .integer(span.microseconds / 1_000_000)])
    }

    func move(to instant: String) async throws {
        try await ok(peer(.operating), "clock.set", ["to": .string(instant)])
    }

    // MARK: Pillars

    /// A pillar with its device, logged in on a connection of its own.
    struct Device: Sendable {
        let pillar: PillarID
        let credential: String
        let peer: Peer
        /// What was sent to it unasked: the event that it shows then, `nil` for none.
        let pushes: Pushes
    }

    /// Makes a pillar at counters of the scene and sets a device up for it.
    func pillar(
        _ name: String = "CID-001", at places: [SceneData.Place] = [.library], with more: JSON = [:]
    ) async throws -> Device {
        let made = try await create(pillar: name, at: places, with: more)
        return try await setUp(name, code: made["setUpCode", "code"].string!, device: "device of \(name)")
    }

    @discardableResult
    func create(
        pillar name: String, at places: [SceneData.Place] = [.library], with more: JSON = [:]
    ) async throws -> JSON {
        let counters = JSON.array(places.map { .string($0.counter.text) })
        let params: JSON = [
            "cardSystemId": .string(places[0].cardSystem.text), "name": .string(name), "counterIds": counters,
        ]
        return try await ok(peer(.operating), "pillar.create", params.merged(with: more))
    }

    func setUp(_ name: String, code: String, device: String) async throws -> Device {
        let params: JSON = ["pillarName": .string(name), "code": .string(code), "deviceId": .string(device)]
        let answer = try await ok(stranger(), "pillar.setUp", params)
        return try await logIn(answer["credential"]!.string!, PillarID(text: answer["pillarId"]!.string!)!)
    }

    func logIn(_ credential: String, _ pillar: PillarID) async throws -> Device {
        let pushes = Pushes()
        let peer = Peer(source: "device", push: pushes.take)
        try await ok(peer, "session.resume", ["token": .string(credential)])
        return Device(pillar: pillar, credential: credential, peer: peer, pushes: pushes)
    }

    /// What a device shows now.
    func shown(_ device: Device) async throws -> JSON { try await ok(device.peer, "pillar.assignedEvent") }

    /// Has an administrator or a counter name the pillar's event.
    @discardableResult
    func fix(_ device: Device, on event: EventID) async throws -> JSON {
        try await ok(
            peer(.administrator), "pillar.setFixedEvent",
            ["pillarId": .string(device.pillar.text), "eventId": .string(event.text)])
    }

    // MARK: Proof

    /// What `ksbd verify` finds wrong: the name of each check with its faults.
    func verify() throws -> [String: [String]] {
        var faults: [String: [String]] = [:]
        let isSound = try Verification.run(ConnectionSettings(OwnDatabase.conninfo), logger: Self.logger) {
            if !$0.faults.isEmpty { faults[$0.check] = $0.faults }
        }
        #expect(isSound == faults.isEmpty)
        return faults
    }
}

/// The notifications that a connection was sent.
final class Pushes: Sendable {
    private let received = Mutex<[JSON]>([])
    private let isOpen = Mutex(true)

    /// The sending side of the connection; false once it is closed.
    var take: @Sendable ([UInt8]) -> Bool {
        { bytes in
            guard self.isOpen.withLock({ $0 }), let json = try? JSON(parsing: bytes) else { return false }
            self.received.withLock { $0.append(json) }
            return true
        }
    }

    func hangUp() { isOpen.withLock { $0 = false } }

    var all: [JSON] { received.withLock { $0 } }

    /// The ids of the events that the notifications name, "none" for none.
    var events: [String] { all.map { $0["params", "event", "id"].string ?? "none" } }
}

/// Waits until something holds, for ten seconds at most.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () async throws -> Bool
) async rethrows {
    let end = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < end {
        if try await holds() { return }
        try? await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}
