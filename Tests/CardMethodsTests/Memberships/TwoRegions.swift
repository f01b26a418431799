import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// A region, and one next to it with a counter of its own: Deinze, 9800.
struct TwoRegions {
    let region: Region
    let admin: Peer
    let cardSystem: JSON
    let desk: Region.Desk

    init(_ scene: Scene) async throws {
        region = try await Region(scene)
        let made = try await scene.ok(region.boss, "cardSystem.create", ["name": "Next"])
        admin = try await scene.admin("next@example.org", of: made.cardSystem())
        let deinze = try await scene.ok(
            admin, "municipality.add", ["cardSystemId": made.id, "name": "Deinze", "postalCodes": ["9800"]])
        let counter = try await scene.ok(
            region.boss, "counter.create", ["cardSystemId": made.id, "name": "next", "municipalityId": deinze.id])
        try await scene.ok(admin, "counter.activate", ["counterId": counter.id])
        let groups = try await scene.ok(admin, "permissionGroup.list", ["cardSystemId": made.id])["items"]!.array!
        let group = groups.first { $0["name"]?.string == StandardGroup.authorisedRegistrationCounter.name.nl }!
        try await scene.ok(
            admin, "counter.setPermissionGroups",
            ["counterId": counter.id, "cardSystemId": made.id, "permissionGroupIds": [group.id]])
        let clerk = try await scene.account("next.clerk@example.org")
        try await scene.ok(
            admin, "counterMember.add", ["counterId": counter.id, "email": "next.clerk@example.org"])
        desk = Region.Desk(id: counter.id, clerk: try await scene.session(clerk))
        cardSystem = made.id
    }

    static let deinze: JSON = ["postalCode": "9800", "city": "Deinze"]

    /// Registers somebody of Eeklo at the region's authorised counter.
    func register(_ scene: Scene, _ changes: JSON = [:]) async throws -> (holder: JSON, card: JSON) {
        let made = try await scene.ok(region.authorised.clerk, "passHolder.register", region.person(changes))
        return (made["passHolderId"]!, made["cardNumber"]!)
    }

    func status(_ scene: Scene, _ card: JSON) async throws -> String? {
        try await scene.ok(admin, "card.status", ["cardNumber": card])["status"]?.string
    }
}
