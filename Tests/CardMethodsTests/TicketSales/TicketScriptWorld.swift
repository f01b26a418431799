import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

/// The world of a script of ticket sales: as a model, and as the methods make it.
struct TicketScriptWorld {
    static let people = [1, 2, 3, 4, 5, 6, 41, 42]
    static let aalter: MunicipalityID = ID(high: 0x0000_000C_0000_7000, low: 0x8000_0000_0000_0002)

    /// - Parameter start: A day, after which everything happens that ends or begins.
    static func model(from start: Instant) -> TicketModel {
        let today = Brussels.date(start)
        func day(_ days: Int) -> CivilDate { today.adding(days: days) }
        func later(_ days: Int) -> Instant { Brussels.instant(day(days)) }
        typealias Key = TicketModel.Key
        let shared: [(who: Payer, weight: Int)] = [(.organizer, 40), (.municipality, 40)]
        return TicketModel(
            keys: [
                Key(
                    name: "Twenty", system: .here,
                    terms: [
                        .init(from: start, gives: .pays(percent: 20), payers: shared),
                        .init(
                            from: later(6), gives: .pays(percent: 25), payers: [(.municipality, 2), (.organizer, 1)]),
                    ]),
                Key(
                    name: "Fixed", system: .here, isAutomatic: false,
                    terms: [
                        .init(
                            from: start, gives: .fixed(cents: 333), wants: .init(status: .here, below: 1000),
                            payers: [(.municipality, 1), (.partner, 2)])
                    ]),
                Key(
                    name: "Half", system: .there,
                    terms: [
                        .init(
                            from: start, gives: .pays(percent: 50), wants: .init(status: .anywhere, oldest: 21),
                            payers: [(.municipality, 1), (.cardSystem, 3), (.organizer, 3)])
                    ]),
                Key(
                    name: "Museum", system: .here, isAutomatic: false,
                    terms: [
                        .init(
                            from: start, gives: .less(cents: 701), wants: .init(status: .here, towns: [.eeklo]),
                            most: 1500, payers: [(.organizer, 1), (.partner, 1), (.cardSystem, 1)])
                    ]),
                Key(
                    name: "Elders", system: .there,
                    terms: [.init(from: start, gives: .less(cents: 400), most: 3000, payers: [(.cardSystem, 1)])]),
            ], keyOfCounter: [.museum: 3],
            events: [
                2: .init(place: .library, systems: [.here, .there], limit: (2, .week)),
                3: .init(place: .museum, systems: [.here]), 4: .init(place: .elsewhere, systems: [.there]),
                5: .init(place: .museum, systems: [.here], isFree: true),
            ], people: people(day), group: (end: day(30), ticketsPerYear: 6), coupons: coupons(day),
            mostRegular: [.here: 8000], towns: [.eeklo: Scene.eeklo, .aalter: aalter])
    }

    private static func people(_ day: (Int) -> CivilDate) -> [Int: TicketModel.Person] {
        typealias Person = TicketModel.Person
        // Becomes 22 soon.
        let birthday = day(4)
        let born = CivilDate(year: birthday.year - 22, month: birthday.month, day: birthday.day)!
        return [
            1: Person(town: .eeklo, systems: [.here: (day(200), nil)]),
            2: Person(born: born, town: .aalter, systems: [.here: (day(-24), nil)]),
            3: Person(town: nil, systems: [.here: (day(60), nil)]),
            4: Person(town: .eeklo, systems: [.here: (nil, nil)]),
            5: Person(town: .aalter, systems: [.here: (day(200), day(3))]),
            6: Person(born: born, town: .eeklo, systems: [.here: (day(200), nil), .there: (day(-20), nil)]),
            41: Person(systems: [.there: (day(200), nil)]), 42: Person(born: born, systems: [.there: (nil, nil)]),
        ]
    }

    private static func coupons(_ day: (Int) -> CivilDate) -> [TicketModel.Coupon] {
        typealias Coupon = TicketModel.Coupon
        return [
            Coupon(
                name: "Summer", system: .here, gives: .less(cents: 200),
                payers: [(.municipality, 1), (.cardSystem, 2)],
                from: day(0), ofHolder: (1, .day), ofEvent: (3, .week), total: (8, .month)),
            Coupon(
                name: "budget", system: .here, gives: .off(percent: 35), payers: [(.cardSystem, 1)], from: day(0),
                budget: 3000),
            Coupon(
                name: "Young", system: .here, gives: .fixed(cents: 100), payers: [(.partner, 3), (.organizer, 1)],
                isForEveryone: false, segments: [.init(oldest: 21), .init(status: .here, towns: [.aalter])],
                below: 900, from: day(-5), until: day(12)),
            Coupon(
                name: "Named", system: .here, gives: .off(percent: 100), key: 0, isForEveryone: false,
                named: [.person(4), .group], events: [3], from: day(0), ofHolder: (5, .year)),
            Coupon(
                name: "Away", system: .there, gives: .less(cents: 150), payers: [(.organizer, 1), (.municipality, 6)],
                counters: [.library], from: day(2), ofHolder: (2, .quarter), total: (30, .absolute)),
        ]
    }
}

extension Scene {
    /// Makes what the model tells, and notes how the methods call it.
    ///
    /// - Returns: The ids of the keys.
    func make(_ model: inout TicketModel) async throws -> [JSON] {
        try await sql(
            """
            insert into municipality (id, card_system_id, name)
            select id, \(SceneData.here), name from unnest(\(Array(model.towns.values)), \(["A", "B"])) as t (id, name)
            """,
            """
            insert into municipality_postal_code (card_system_id, municipality_id, postal_code)
            values (\(SceneData.here), \(Self.eeklo), '9900'), (\(SceneData.here), \(TicketScriptWorld.aalter), '9880')
            """,
            """
            insert into counter_card_system (counter_id, card_system_id)
            values (\(SceneData.Place.library.counter), \(SceneData.there))
            """,
            """
            insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            values (\(SceneData.Place.library.counter), \(SceneData.there), \(SceneData.there))
            """,
            """
            update card_system set opportunity_price_maximum_cents = \(model.mostRegular[.here])
            where id = \(SceneData.here)
            """,
            """
            update group_pass set end_date = \(model.group.end), tickets_per_year = \(model.group.ticketsPerYear)
            where id = \(SceneData.group)
            """)
        for (index, person) in model.people { try await make(person, Holder(index)) }
        try await services.directory.reload()
        for (number, event) in model.events {
            try await concert(
                SceneData.event(number), of: event.place, prices: event.isFree ? ["Basis": 0] : ["Basis": 10])
            try await limit(number, event.limit)
        }
        let keys = try await model.keys.asyncMap { try await make($0, model) }
        for (place, key) in model.keyOfCounter {
            try await ok(
                peer(.operating), "counter.setDistributionKey",
                ["counterId": .string(place.counter.text), "distributionKeyId": keys[key]])
        }
        for index in model.coupons.indices {
            model.coupons[index].number = try await make(model.coupons[index], keys, model)
        }
        return keys
    }

    private func make(_ person: TicketModel.Person, _ holder: Holder) async throws {
        let code = person.town == .eeklo ? "9900" : person.town == .aalter ? "9880" : "1000"
        try await sql(
            """
            update pass_holder set date_of_birth = \(person.born), postal_code = \(code) where id = \(holder.id)
            """)
        for (system, status) in person.systems {
            if system.id != holder.cardSystem {
                try await sql(
                    """
                    insert into membership (id, card_system_id, holder_id, since)
                    values (\(ID<Never>(at: now)), \(system.id), \(holder.id), \(SceneData.start))
                    """)
            }
            try await sql(
                """
                update membership set opportunity_end_date = \(status.end),
                    opportunity_suspended_until = \(status.suspended)
                where holder_id = \(holder.id) and card_system_id = \(system.id)
                """)
        }
    }

    private func make(_ key: TicketModel.Key, _ model: TicketModel) async throws -> JSON {
        let made = try await self.key(key.name, in: key.system.id, key.json(0, model))
        for index in key.terms.indices.dropFirst() {
            let begin: JSON = ["validFrom": .string(key.terms[index].from.text), "distributionKeyId": made.id]
            try await ok(peer(.operating), "distributionKey.setTerm", key.json(index, model).merged(with: begin))
        }
        return made.id
    }

    private func make(_ coupon: TicketModel.Coupon, _ keys: [JSON], _ model: TicketModel) async throws -> Int {
        let shares: JSON =
            coupon.key.map { ["distributionKeyId": keys[$0]] } ?? ["shares": TicketModel.json(coupon.payers)]
        let admin = try await peer(coupon.system == .here ? .administrator : .otherAdministrator)
        let made = try await ok(admin, "coupon.create", coupon.json(model).merged(with: shares))
        for buyer in coupon.named {
            try await ok(admin, "coupon.addTarget", ["couponId": made.id, "cardNumber": .string(buyer.cardNumber)])
        }
        return Int(made["tariffId"]!.string!.dropFirst(7))!
    }

    /// Moves time forward without doing what is due then: what lapsed is found by who looks.
    func leap(_ span: Instant.Span) async throws {
        try await sql(
            """
            update platform set clock_offset_microseconds = clock_offset_microseconds + \(span.microseconds)
            """)
        try await services.directory.reload()
    }

    func limit(_ event: Int, _ limit: TicketModel.Limit?) async throws {
        let settings: JSON = ["eventId": .string(SceneData.event(event).text), "checkInPoints": 1]
        let limited = limit.map { settings.merged(with: ["ticketLimit": Self.limit($0.volume, per: $0.period)]) }
        try await ok(peer(.operating), "event.setSettings", limited ?? settings)
    }
}

extension TicketModel.Buyer {
    var cardNumber: String {
        switch self {
        case .person(let index): Scene.Holder(index).number
        case .group: SceneData.groupCard
        }
    }
}

extension TicketModel {
    static func json(_ payers: [(who: Payer, weight: Int)]) -> JSON {
        .array(payers.map { ["payer": .string($0.who.rawValue), "weight": .integer(Int64($0.weight))] })
    }
}

extension TicketModel.Gives {
    fileprivate var json: JSON {
        let (kind, value) =
            switch self {
            case .pays(let percent): ("percentPaid", percent)
            case .off(let percent): ("percentOff", percent)
            case .less(let cents): ("amountOff", cents)
            case .fixed(let cents): ("fixedPrice", cents)
            }
        return ["kind": .string(kind), "value": .integer(Int64(value))]
    }
}

extension TicketModel.Wants {
    fileprivate func json(_ model: TicketModel) -> JSON {
        .object(
            present: [
                "opportunity": status.map { $0 == .here ? "here" : "anyCardSystem" },
                "priceBelowCents": below.map { .integer(Int64($0)) }, "ageUntil": oldest.map { .integer(Int64($0)) },
                "municipalityIds": .array(towns.map { .string(model.towns[$0]!.text) }),
            ])
    }
}

extension TicketModel.Key {
    fileprivate func json(_ index: Int, _ model: TicketModel) -> JSON {
        let term = terms[index]
        return .object(
            present: [
                "isAutomatic": .bool(isAutomatic), "discount": term.gives.json, "conditions": term.wants.json(model),
                "maximumRegularPriceCents": term.most.map { .integer(Int64($0)) },
                "shares": TicketModel.json(term.payers),
            ])
    }
}

extension TicketModel.Coupon {
    fileprivate func json(_ model: TicketModel) -> JSON {
        .object(
            present: [
                "cardSystemId": .string(system.id.text), "name": .string(name), "discount": gives.json,
                "forEveryone": .bool(isForEveryone), "segments": .array(segments.map { $0.json(model) }),
                "priceBelowCents": below.map { .integer(Int64($0)) },
                "eventIds": .array(events.map { .string(SceneData.event($0).text) }),
                "organizerCounterIds": .array(counters.map { .string($0.counter.text) }),
                "validFrom": .string(from.text), "validUntil": until.map { .string($0.text) },
                "holderLimit": ofHolder.map { Scene.limit($0.volume, per: $0.period) },
                "eventLimit": ofEvent.map { Scene.limit($0.volume, per: $0.period) },
                "totalLimit": total.map { Scene.limit($0.volume, per: $0.period) },
                "budgetCents": budget.map { .integer(Int64($0)) },
            ])
    }
}
