import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct HolderSearchTests {
    /// Filters, and the first names of those whom they find, in their order.
    private static let cases: [(rule: String, filter: JSON, names: [String])] = [
        ("PH-09", [:], ["Hélène", "Ann", "Bo", "Cas"]),
        ("PH-09", ["descending": true], ["Cas", "Bo", "Ann", "Hélène"]),
        ("PH-09", ["sort": "dateOfBirth"], ["Ann", "Bo", "Cas", "Hélène"]),
        ("PH-09", ["sort": "registeredAt", "descending": true], ["Cas", "Bo", "Hélène", "Ann"]),
        ("PH-09", ["name": "eeters"], ["Ann", "Bo"]), ("PH-09", ["name": "Éé"], []),
        ("PH-09", ["name": "dé", "firstName": "hele"], ["Hélène"]), ("PH-09", ["name": "ee"], []),
        ("R-171", ["name": "*ee*s"], ["Ann", "Bo"]), ("R-171", ["name": "p*rs-x"], []),
        ("R-171", ["name": "100%"], []), ("PH-09", ["firstName": "HELENE"], ["Hélène"]),
        ("PH-09", ["email": "BO@example.org"], ["Bo"]), ("PH-09", ["email": "*@EXAMPLE.org"], ["Ann", "Bo"]),
        ("PH-09", ["email": "bo"], []), ("PH-09", ["street": "sint-jans*"], ["Ann"]),
        ("PH-09", ["street": "sint-jansstraat"], []), ("PH-09", ["city": "E*"], ["Hélène", "Ann"]),
        ("PH-09", ["bornFrom": "1985-03-17", "bornUntil": "1985-03-17"], ["Bo"]),
        ("S10", ["postalCode": "9880"], ["Bo", "Cas"]), ("S10", ["country": "NL"], []),
        ("S10", ["hasInsz": true], ["Bo"]), ("S10", ["insz": "85.03.17-997.08"], ["Bo"]),
        ("S10", ["insz": "85.03.17-995.10"], []), ("S10", ["optIn": "post"], ["Cas"]),
        ("S10", ["registeredFrom": "2030-06-04"], ["Bo", "Cas"]),
        ("S10", ["registeredUntil": "2030-06-03"], ["Hélène", "Ann"]),
        ("S10", ["status": "blocked"], ["Ann"]), ("S10", ["membershipStatus": "active"], ["Hélène", "Bo", "Cas"]),
        ("S10", ["opportunityStatus": "none"], ["Cas"]), ("S10", ["opportunityStatus": "active"], ["Hélène"]),
        ("S10", ["opportunityStatus": "grace"], ["Ann"]), ("S10", ["opportunityStatus": "expired"], []),
        ("S10", ["opportunityStatus": "suspended"], ["Bo"]),
        ("S10", ["opportunityEndsFrom": "2030-06-02", "opportunityEndsUntil": "2030-06-30"], ["Hélène", "Ann"]),
    ]

    @Test func `S10 PH-09 PH-11 R-171 R-172 each filter finds whom it is for, in the order that is asked`() async throws
    {
        try await Scene.with { scene in
            try await scene.move(SceneData.start)
            let region = try await Region(scene)
            try await scene.register(people: region)
            for row in Self.cases {
                let page = try await scene.ok(region.authorised.clerk, "passHolder.list", row.filter)
                #expect(page.firstNames == row.names, "\(row.rule) \(row.filter.text)")
                var names: [String] = []
                var cursor: JSON = nil
                repeat {
                    let step = row.filter.merged(with: ["limit": 1, "cursor": cursor, "withTotal": true])
                    let page = try await scene.ok(region.admin, "passHolder.list", step)
                    names += page.firstNames
                    cursor = page["nextCursor"] ?? nil
                    #expect(page["total"]?.integer == Int64(row.names.count), "\(row.filter.text)")
                } while !cursor.isNull
                #expect(names == row.names, "\(row.rule) page by page \(row.filter.text)")
            }
            let counter: JSON = ["registrationCounterId": region.plain.id]
            #expect(try await scene.ok(region.admin, "passHolder.list", counter).firstNames == ["Bo"])
            func sold(by desk: Region.Desk) async throws -> [String] {
                try await scene.ok(region.admin, "passHolder.list", ["sellingCounterId": desk.id]).firstNames
            }
            #expect(try await sold(by: region.plain) == ["Bo"])
            #expect(try await sold(by: region.authorised) == ["Hélène", "Ann", "Cas"])
            let bo = try await scene.ok(region.admin, "passHolder.list", ["firstName": "Bo"])["items"]!.array![0]
            try await scene.ok(
                region.authorised.clerk, "card.replace",
                [
                    "passHolderId": bo.id, "cardSystemId": region.cardSystem, "reason": "loss",
                    "cardType": "digital",
                ])
            #expect(try await sold(by: region.plain) == [], "the card of now counts")
            #expect(try await sold(by: region.authorised) == ["Hélène", "Ann", "Bo", "Cas"])
            #expect(try await scene.ok(region.admin, "passHolder.list", counter).firstNames == ["Bo"])
            let chip = try await scene.ok(region.admin, "passHolder.list", ["chipNumber": Region.chip(1)])
            #expect(chip.firstNames == [])
            let foreign = PageCursor(key: "peeters ann", id: ID<Never>.nil)
            let wrong: JSON = ["sort": "dateOfBirth", "cursor": .string("\(foreign.id.text)peeters ann")]
            #expect(await scene.refused(region.admin, "passHolder.list", wrong) == ["-32602"])
            #expect(await scene.refused(region.admin, "passHolder.list", ["zip": "9900"]) == ["-32602"], "R-173")
        }
    }

    @Test func `PH-10 a search ends at the own card systems, by INSZ too, which is written down`() async throws {
        try await Scene.with { scene in
            try await scene.move(SceneData.start)
            let region = try await Region(scene)
            try await scene.register(people: region)
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            let admin = try await scene.admin("other@example.org", of: other.cardSystem())
            for filter: JSON in [
                [:], ["insz": "85031799708"], ["name": "peeters"], ["cardSystemId": region.cardSystem],
            ] {
                #expect(try await scene.ok(admin, "passHolder.list", filter)["items"] == [], "\(filter.text)")
            }
            let looks = try await scene.count("audit where method = 'passHolder.list' and details like '%insz%'")
            let misses = try await scene.count("security_event where kind = 'insz.unknown'")
            #expect(looks == 1 && misses == 1)
        }
    }

    @Test func `OPP-01 to OPP-04 the filter by status agrees with the status that a pass shows, on every day`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.move(SceneData.start)
            let region = try await Region(scene)
            _ = try await scene.registered(region)
            let today = Brussels.date(scene.now)
            for end in [nil, -31, -30, -29, -1, 0, 1] as [Int?] {
                for suspended in [nil, -1, 0, 1] as [Int?] where end != nil || suspended == nil {
                    let endDate = end.map { today.adding(days: $0) }
                    let until = suspended.map { today.adding(days: $0) }
                    try await scene.sql(
                        """
                        update membership set opportunity_end_date = \(endDate), opportunity_suspended_until = \(until)
                        """)
                    let status = OpportunityStatus(endDate: endDate, suspendedUntil: until, graceDays: 30, on: today)
                    var found: [String] = []
                    for word in MembershipFilter.Opportunity.allCases.map(\.rawValue) {
                        let page = try await scene.ok(
                            region.admin, "passHolder.list", ["opportunityStatus": .string(word)])
                        if page["items"] != [] { found.append(word) }
                    }
                    #expect(found == [status.word], "\(String(describing: end)) \(String(describing: suspended))")
                }
            }
        }
    }

    @Test func `S10 what is asked of a membership holds in one and the same card system`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let holder = PassHolderID(text: try await scene.registered(region).string!)!
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, status, opportunity_end_date, since)
                values (\(holder), \(other.cardSystem()), \(holder), 'blocked', '2999-04-30', \(scene.now))
                """)
            func found(_ peer: Peer, _ filter: JSON) async throws -> Int {
                try await scene.ok(peer, "passHolder.list", filter)["items"]!.array!.count
            }
            let blocked: JSON = ["membershipStatus": "blocked"]
            #expect(try await found(region.boss, blocked) == 1)
            #expect(try await found(region.admin, blocked) == 0, "of another card system")
            #expect(try await found(region.boss, blocked.merged(with: ["cardSystemId": region.cardSystem])) == 0)
            #expect(try await found(region.boss, ["cardSystemId": other.id, "opportunityStatus": "active"]) == 1)
            let both: JSON = ["membershipStatus": "active", "opportunityEndsFrom": "2999-01-01"]
            #expect(try await found(region.boss, both) == 0)
        }
    }

    @Test func `R-170 R-175 many cards are found at once, and the unknown ones are told`() async throws {
        try await Scene.with { scene in
            try await scene.move(SceneData.start)
            let region = try await Region(scene)
            try await scene.register(people: region)
            let all = try await scene.ok(region.admin, "passHolder.list", ["name": "peeters"])["items"]!.array!
            let (blocked, own) = (all[0], all[1])
            #expect(own["cardNumber"]?.string != nil && blocked["cardNumber"] == nil)
            #expect(own["inszMasked"] == "85*******08" && own["gender"] == "male" && own["nationality"] == "BE")
            #expect(own["mobile"] == "+32471234567" && own["phone"] == "+3293771234")
            #expect(own["opportunityEndDate"]?.string == "2031-04-30")
            let numbers: JSON = [Region.card(9), own["cardNumber"]!, own["cardNumber"]!]
            let found = try await scene.ok(region.admin, "passHolder.findByCards", ["cardNumbers": numbers])
            #expect(found["items"]?.array?.map { $0["passHolder"]!.id } == [own.id])
            #expect(found["unknownCardNumbers"] == [Region.card(9)])
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            let admin = try await scene.admin("other@example.org", of: other.cardSystem())
            let nothing = try await scene.ok(admin, "passHolder.findByCards", ["cardNumbers": [own["cardNumber"]!]])
            #expect(nothing["items"] == [] && nothing["unknownCardNumbers"] == [own["cardNumber"]!])
            let malformed = await scene.call(
                region.admin, "passHolder.findByCards", ["cardNumbers": ["1", Region.card(9)]])
            #expect("\(malformed)".contains("/cardNumbers/0"))
        }
    }
}

extension Scene {
    func move(_ instant: Instant) async throws {
        let realNow = services.clock.realNow
        try await sql("update platform set clock_offset_microseconds = \((instant - realNow).microseconds)")
        services.clock.adopt(offset: instant - realNow)
    }

    /// Four people who differ in all that one can search for, two on each of two days.
    fileprivate func register(people region: Region) async throws {
        let ann = try await registered(
            region,
            [
                "firstName": "Ann", "name": "Peeters", "dateOfBirth": "1980-01-01", "email": "ann@example.org",
                "address": ["street": "Sint-Jansstraat 1", "postalCode": "9900", "city": "Eeklo"], "opportunity": [:],
            ])
        _ = try await registered(
            region, ["firstName": "Hélène", "name": "Déjà", "dateOfBirth": "1999-01-01", "opportunity": [:]])
        try await advance(by: .days(1))
        let aalter: JSON = ["postalCode": "9880", "city": "Aalter"]
        _ = try await ok(
            region.plain.clerk, "passHolder.register",
            region.person([
                "firstName": "Bo", "dateOfBirth": "1985-03-17", "insz": "85031799708", "gender": "male",
                "name": "Peeters",
                "email": "bo@example.org", "address": aalter, "nationality": "BE", "mobile": "0471234567",
                "phone": "093771234",
            ]))
        _ = try await registered(
            region,
            ["firstName": "Cas", "name": "Z", "dateOfBirth": "1985-03-18", "address": aalter, "optIns": ["post"]])
        try await ok(
            region.admin, "passHolder.block",
            ["passHolderId": ann, "cardSystemId": region.cardSystem, "reason": "misuse"])
        try await ends("Ann", "2030-06-03")
        try await ends("Hélène", "2030-06-30")
        try await ends("Bo", "2031-04-30", suspendedUntil: "2030-06-04")
    }

    private func ends(_ firstName: String, _ end: String, suspendedUntil: String? = nil) async throws {
        try await sql(
            """
            update membership m set opportunity_end_date = \(CivilDate(text: end)),
                opportunity_suspended_until = \(suspendedUntil.flatMap(CivilDate.init(text:)))
            from pass_holder h where h.id = m.holder_id and h.first_name = \(firstName)
            """)
    }

    private func advance(by span: Instant.Span) async throws { try await move(now + span) }
}

extension OpportunityStatus {
    /// Which filter it falls under.
    fileprivate var word: String {
        switch self {
        case .none: "none"
        case .active(_, let inGracePeriod): inGracePeriod ? "grace" : "active"
        case .expired: "expired"
        case .suspended: "suspended"
        }
    }
}

extension JSON {
    fileprivate var firstNames: [String] { (self["items"]?.array ?? []).map { $0["firstName"]!.string! } }
}
