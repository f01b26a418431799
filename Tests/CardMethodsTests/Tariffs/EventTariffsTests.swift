import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What decides the prices of an event, as it is loaded for sales.
@Suite(.scene) struct EventTariffsTests {
    @Test func `EVC-01 an event takes the card systems of its organizer, with what the counter allows`() async throws {
        try await Scene.with { scene in
            try await scene.sql(
                """
                update counter set ticket_limit_volume = 3, ticket_limit_period = 'week'
                where id = \(SceneData.Place.library.counter)
                """)
            let facts = try #require(try await scene.tariffs(at: scene.now)[SceneData.alwaysOpen])
            #expect(facts.event.organizer == SceneData.Place.library.organizer)
            #expect(facts.cardSystems.map(\.id) == [SceneData.here])
            #expect(facts.cardSystems[0].counter.id == SceneData.Place.library.counter)
            #expect(facts.cardSystems[0].counter.ticketLimit == PeriodLimit(volume: 3, per: .week))
            #expect(facts.cardSystems[0].ticketHold == .minutes(15))
            let before = try await scene.tariffs(at: scene.now - .days(1))[SceneData.alwaysOpen]
            #expect(before == facts)
        }
    }
}

extension Scene {
    /// What is loaded for the event that is always open, and for one that is not known.
    func tariffs(at instant: Instant) async throws -> [EventID: EventTariffFacts] {
        let tariffs = EventTariffs(of: [SceneData.alwaysOpen, SceneData.event(99)], at: instant, now: now)
        return try await services.database.transaction(
            opening: ["select set_config('role', 'ksbd_platform', true)"]
        ) { try tariffs.load(in: $0) }
    }
}
