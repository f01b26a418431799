import CardMethods
import CardRules
import JSONRPC

/// Builds the demo world, step by step, as the people would who run such a region.
struct DemoBuilder {
    private let dispatcher: Dispatcher
    private let host: DemoActor
    private let coordinator: DemoActor
    private let now: Instant

    init(_ dispatcher: Dispatcher) {
        self.dispatcher = dispatcher
        (host, coordinator) = (DemoActor(dispatcher), DemoActor(dispatcher))
        now = dispatcher.services.clock.now
    }

    func build(name: String, neighbour: String, freePillar: String) async throws {
        _ = try await Operators.create(
            email: EmailAddress(text: DemoWorld.operatorEmail)!, name: "Olivia Operator", password: DemoWorld.password,
            dispatcher.services)
        try await host.login(DemoWorld.operatorEmail)
        let system = try await cardSystem(name, DemoData.municipalities)
        try await register(DemoWorld.coordinatorEmail, "Cora Coordinator")
        try await host.call(
            "role.grant",
            [
                "email": .string(DemoWorld.coordinatorEmail), "role": "cardSystemAdministrator",
                "cardSystemId": .string(system.id),
            ])
        try await register(DemoWorld.municipalityEmail, "Eva van Eeklo")
        try await host.call(
            "role.grant",
            [
                "email": .string(DemoWorld.municipalityEmail), "role": "municipalityAdministrator",
                "municipalityId": .string(system.municipalities["Eeklo"] ?? ""),
            ])
        try await coordinator.login(DemoWorld.coordinatorEmail)
        try await importSeason()
        let counters = try await makeCounters(DemoData.counters, system, by: coordinator)
        try await makePillars(system.id, counters, freePillar: freePillar)
        try await registerPeople(system.id, counters)
        try await makeNeighbour(neighbour)
    }

    /// The other card system, with one counter: somebody may move there.
    private func makeNeighbour(_ name: String) async throws {
        let system = try await cardSystem(name, DemoData.neighbours)
        try await register(DemoWorld.neighbourEmail, "Nico Nabuur")
        try await host.call(
            "role.grant",
            [
                "email": .string(DemoWorld.neighbourEmail), "role": "cardSystemAdministrator",
                "cardSystemId": .string(system.id),
            ])
        let administrator = DemoActor(dispatcher)
        try await administrator.login(DemoWorld.neighbourEmail)
        _ = try await makeCounters(DemoData.neighbourCounters, system, by: administrator)
    }

    private func cardSystem(
        _ name: String, _ municipalities: [(name: String, postalCodes: [String], latitude: Int64, longitude: Int64)]
    ) async throws -> (id: String, municipalities: [String: String]) {
        let id = try await host.make("cardSystem.create", ["name": .string(name)])
        var ids: [String: String] = [:]
        for municipality in municipalities {
            ids[municipality.name] = try await host.make(
                "municipality.add",
                [
                    "cardSystemId": .string(id), "name": .string(municipality.name),
                    "postalCodes": .array(municipality.postalCodes.map(JSON.string)),
                    "coordinates": [
                        "latitudeMicrodegrees": .integer(municipality.latitude),
                        "longitudeMicrodegrees": .integer(municipality.longitude),
                    ],
                ])
        }
        return (id, ids)
    }

    /// An account, confirmed by the token in the mail that waits for it.
    private func register(_ email: String, _ name: String) async throws {
        try await DemoActor(dispatcher).call(
            "account.register",
            ["email": .string(email), "name": .string(name), "password": .string(DemoWorld.password), "language": "nl"])
        let mail = try await host.call("mail.list", ["to": .string(email), "limit": 1])
        let body = try (mail["items"]?.array?.first ?? .null).text(at: "body")
        guard
            let token = body.split(whereSeparator: { $0.isWhitespace || $0 == "." }).first(where: {
                $0.hasPrefix("kse_")
            })
        else { throw DemoFailure(method: "account.register", reason: "its mail holds no token") }
        try await DemoActor(dispatcher).call("account.confirmEmail", ["token": .string(String(token))])
    }

    private func importSeason() async throws {
        let documents = DemoDocuments.season(startingAt: now)
        for start in stride(from: 0, to: documents.count, by: 20) {
            let part = Array(documents[start..<min(start + 20, documents.count)])
            try await host.call("event.import", ["documents": .array(part)])
        }
    }

    private func makeCounters(
        _ counters: [DemoData.Counter], _ system: (id: String, municipalities: [String: String]),
        by coordinator: DemoActor
    ) async throws -> [String: String] {
        let groups = try await coordinator.call("permissionGroup.list", ["cardSystemId": .string(system.id)])
        let foreign = try await coordinator.make(
            "permissionGroup.create",
            [
                "cardSystemId": .string(system.id), "name": "Mag pashouders uit het buitenland registreren",
                "permissions": ["passHolder.registerForeign"],
            ])
        let key = try await makeKeys(system.id, by: coordinator)
        var known: Set<String> = []
        var ids: [String: String] = [:]
        for counter in counters {
            var params: [JSONObject.Member] = [
                .init(name: "cardSystemId", value: .string(system.id)),
                .init(name: "name", value: .string(counter.name)),
                .init(name: "municipalityId", value: .string(system.municipalities[counter.municipality] ?? "")),
                .init(name: "isPointOfSale", value: .bool(counter.group != .merchant)),
            ]
            if let organizer = counter.organizer {
                params.append(.init(name: "organizerId", value: .string(DemoDocuments.organizerIDs[organizer])))
            }
            let id = try await host.make("counter.create", .object(JSONObject(params)))
            ids[counter.name] = id
            try await coordinator.call("counter.activate", ["counterId": .string(id)])
            if counter.organizer != nil {
                try await coordinator.call(
                    "counter.setDistributionKey", ["counterId": .string(id), "distributionKeyId": .string(key)])
            }
            let group = groups["items"]?.array?.first { $0["name"]?.string == counter.group.name.nl }
            try await coordinator.call(
                "counter.setPermissionGroups",
                [
                    "counterId": .string(id), "cardSystemId": .string(system.id),
                    "permissionGroupIds": .array(
                        [.string(try (group ?? .null).text(at: "id"))]
                            + (counter.group == .authorisedRegistrationCounter ? [.string(foreign)] : [])),
                ])
            for (email, role) in [(counter.admin, "admin"), (counter.member, "member")] {
                guard let email else { continue }
                if known.insert(email).inserted { try await register(email, String(email.prefix { $0 != "@" })) }
                try await coordinator.call(
                    "counterMember.add",
                    ["counterId": .string(id), "email": .string(email), "role": .string(role)])
            }
        }
        return ids
    }

    /// The key that holds at first, and one for camps that is chosen for an event; the first.
    private func makeKeys(_ system: String, by coordinator: DemoActor) async throws -> String {
        var ids: [String] = []
        for (name, discount) in [
            ("Kansentarief 20 %", ["kind": "percentPaid", "value": 20]),
            ("Kamp aan 3 euro per dag", ["kind": "fixedPrice", "value": 300]),
        ] as [(String, JSON)] {
            ids.append(
                try await coordinator.make(
                    "distributionKey.create",
                    [
                        "cardSystemId": .string(system), "name": .string(name), "isAutomatic": false,
                        "discount": discount, "conditions": ["opportunity": "here"],
                        "shares": [["payer": "organizer", "weight": 40], ["payer": "municipality", "weight": 40]],
                    ]))
        }
        return ids[0]
    }

    private func makePillars(_ system: String, _ counters: [String: String], freePillar: String) async throws {
        let pillars = [
            (freePillar, "Stadhuis Eeklo"), ("CID-AAL-001", "Gemeentehuis Aalter"), ("CID-ZEL-001", "Sporthal Zelzate"),
        ]
        for (name, counter) in pillars {
            try await coordinator.call(
                "pillar.create",
                [
                    "cardSystemId": .string(system), "name": .string(name),
                    "counterIds": .array([.string(counters[counter] ?? "")]),
                    "showsCheckInCode": .bool(name == freePillar),
                ])
        }
    }

    /// Cards from the printer to the counter's drawer, then people who get them.
    private func registerPeople(_ system: String, _ counters: [String: String]) async throws {
        let cards = (1...40).compactMap { serial in
            CardNumber(prefix: "0940", serial: serial, opportunity: serial % 6 == 0)
        }
        let stock = cards.enumerated().map { index, card -> JSON in
            ["number": .string(card.text), "chipNumber": .string(Self.chip(index + 1))]
        }
        try await coordinator.call(
            "card.addStock", ["cardSystemId": .string(system), "status": "stock", "cards": .array(stock)])
        let counter: JSON = .string(counters["Stadhuis Eeklo"] ?? "")
        let numbers: JSON = .array(cards.map { .string($0.text) })
        try await coordinator.call("card.handOver", ["counterId": counter, "cardNumbers": numbers])
        let clerk = DemoActor(dispatcher)
        try await clerk.login("stadhuis.eeklo@demo.example")
        try await clerk.call("session.chooseCounter", ["counterId": counter])
        try await clerk.call("card.receive", ["cardNumbers": numbers])
        let today = Brussels.date(now)
        for number in 0..<40 {
            let card = number % 4 == 3 ? nil : cards[number]
            try await clerk.call(
                "passHolder.register", DemoData.holder(number, cardSystem: system, card: card, today: today))
        }
        try await clerk.call("card.block", ["cardNumber": .string(cards[1].text), "reason": "verloren"])
    }

    /// The chip of the n-th demo card.
    static func chip(_ number: Int) -> String {
        let hex = String(number, radix: 16, uppercase: true)
        return "04DE" + String(repeating: "0", count: 10 - hex.count) + hex
    }
}
