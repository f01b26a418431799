import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// Two municipalities, three counters with their clerks, and cards on their way, made by the methods themselves.
struct Region {
    let boss: Peer
    let admin: Peer
    let cardSystem: JSON
    let municipality: JSON
    /// In the group of authorised registration counters; in Eeklo.
    let authorised: Desk
    /// In the group of plain registration counters; in Aalter.
    let plain: Desk

    /// A counter and one of its clerks, logged in.
    struct Desk {
        let id: JSON
        let clerk: Peer
    }

    init(_ scene: Scene) async throws {
        let chief = try await scene.account("chief@example.org")
        try await scene.grant(chief, "operator")
        let boss = try await scene.session(chief)
        let made = try await scene.ok(boss, "cardSystem.create", ["name": "Region"])
        let admin = try await scene.admin("admin@example.org", of: made.cardSystem())
        let eeklo = try await scene.ok(
            admin, "municipality.add", ["cardSystemId": made.id, "name": "Eeklo", "postalCodes": ["9900"]])
        let aalter = try await scene.ok(
            admin, "municipality.add", ["cardSystemId": made.id, "name": "Aalter", "postalCodes": ["9880"]])
        let groups = try await scene.ok(admin, "permissionGroup.list", ["cardSystemId": made.id])["items"]!.array!
        func counter(_ name: String, _ group: StandardGroup, in city: JSON) async throws -> Desk {
            let counter = try await scene.ok(
                boss, "counter.create", ["cardSystemId": made.id, "name": .string(name), "municipalityId": city])
            try await scene.ok(admin, "counter.activate", ["counterId": counter.id])
            let id = groups.first { $0["name"]?.string == group.name.nl }!.id
            try await scene.ok(
                admin, "counter.setPermissionGroups",
                ["counterId": counter.id, "cardSystemId": made.id, "permissionGroupIds": [id]])
            let clerk = try await scene.account("\(name)@example.org")
            try await scene.ok(
                admin, "counterMember.add", ["counterId": counter.id, "email": .string("\(name)@example.org")])
            return Desk(id: counter.id, clerk: try await scene.session(clerk))
        }
        (self.boss, self.admin, cardSystem, municipality) = (boss, admin, made.id, eeklo.id)
        authorised = try await counter("hall", .authorisedRegistrationCounter, in: eeklo.id)
        plain = try await counter("library", .plainRegistrationCounter, in: aalter.id)
    }

    /// The n-th card of the region.
    static func card(_ number: Int, opportunity: Bool = false) -> JSON {
        .string(CardNumber(prefix: "0905", serial: number, opportunity: opportunity)!.text)
    }

    static func chip(_ number: Int) -> JSON {
        .string("04AABBCCDDEE" + (number < 16 ? "0" : "") + String(number, radix: 16))
    }

    /// Brings cards into stock.
    func stock(_ scene: Scene, _ cards: [JSON]) async throws {
        try await scene.ok(
            admin, "card.addStock",
            ["cardSystemId": cardSystem, "status": "stock", "cards": .array(cards.map { ["number": $0] })])
    }

    /// Brings cards into a counter's drawer.
    func fill(_ scene: Scene, _ counter: Desk, _ cards: [JSON]) async throws {
        try await stock(scene, cards)
        try await scene.ok(admin, "card.handOver", ["counterId": counter.id, "cardNumbers": .array(cards)])
        try await scene.ok(counter.clerk, "card.receive", ["cardNumbers": .array(cards)])
    }

    /// Somebody who can be registered at the authorised counter, with what is different.
    func person(_ changes: JSON = [:]) -> JSON {
        let plain: JSON = [
            "cardSystemId": cardSystem, "name": "Peeters", "firstName": "An", "dateOfBirth": "1985-03-17",
            "address": ["postalCode": "9900", "city": "Eeklo"], "cardType": "digital", "legalTermsPaper": true,
            "duplicateConfirmed": true,
        ]
        return plain.merged(with: changes)
    }
}
