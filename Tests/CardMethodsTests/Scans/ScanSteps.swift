import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

/// The steps of somebody who scans.
extension Scene {
    static let checkIn: JSON = ["type": "checkIn"]

    static func selling(_ tariff: String = "OPPORTUNITY", _ more: JSON = [:]) -> JSON {
        (["type": "sell", "tariffId": .string(tariff), "regularPriceCents": 1000] as JSON).merged(with: more)
    }

    static func taking(_ advantage: Int = 1) -> JSON {
        ["type": "redeem", "advantageId": .string(Scene.advantage(advantage).text)]
    }

    func scan(
        _ peer: Peer, _ card: String, _ actions: [JSON], at event: EventID? = concert, atomic: Bool = true,
        key: String? = nil
    ) async -> Result<JSON, RPCError> {
        let plain: JSON = ["cardNumber": .string(card), "actions": .array(actions), "atomic": .bool(atomic)]
        return await call(
            peer, "scan.act", event.map { plain.merged(with: ["eventId": .string($0.text)]) } ?? plain, key: key)
    }

    func scan(
        _ peer: Peer, _ holder: Int, _ actions: JSON..., at event: EventID? = concert, atomic: Bool = true,
        key: String? = nil
    ) async -> Result<JSON, RPCError> {
        await scan(peer, Holder(holder).number, actions, at: event, atomic: atomic, key: key)
    }

    func look(_ peer: Peer, _ card: String, at event: EventID? = concert) async -> Result<JSON, RPCError> {
        let plain: JSON = ["cardNumber": .string(card)]
        return await call(
            peer, "scan.look", event.map { plain.merged(with: ["eventId": .string($0.text)]) } ?? plain)
    }

    /// What came of each action: `checkIn done`, `sell limit.reached`.
    static func outcomes(_ answer: JSON) -> [String] {
        (answer["actions"]?.array ?? []).map {
            "\($0["type"]!.string!) \($0["kind"]?.string ?? $0["status"]!.string!)"
        }
    }

    /// A concert with tickets at the opportunity tariff, where a check-in gives five points, and something to take for
    /// as many.
    func scanWorld(entitled: [Int] = [1, 2, 3], taking columns: SQL = "units = 100") async throws {
        try await ticketWorld(entitled: entitled)
        try await settings(of: Self.concert, points: 5, limit: Self.limit(1, per: .day))
        try await advantage(1, with: columns)
    }

    /// The kinds of a refusal's reasons, each with where it points.
    static func pointed(_ answer: Result<JSON, RPCError>) -> [String] {
        guard case .failure(let error) = answer else { return ["done"] }
        return (error.data?["reasons"]?.array ?? []).map { "\($0["kind"]!.string!) \($0["pointer"]?.string ?? "")" }
    }
}
