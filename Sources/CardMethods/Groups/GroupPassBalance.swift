import CardRules
import JSONRPC
import Postgres

enum GroupPassBalance: PreparedMethod {
    static let declaration = Declaration(
        "groupPass.balance", .reads, by: [.everyone],
        "Tells how many tickets a group may still buy, by a card of it (GRP-01, GRP-03).",
        details: "Of one source 20 a minute and 20 misses an hour are let in (GEN-05).",
        refusals: [.groupPassNotFound])

    typealias Params = CardNameParams

    struct Result: ResultRecord {
        let name: String
        let cardStatus: CardStatus
        let status: GroupPassStatus
        let endDate: CivilDate?
        let ticketsPerYear: Int
        let availableTickets: Int

        static let fields: [ResultField<Result>] = [
            .init("name", "What the group is called.") { $0.name },
            .init("cardStatus", "Whether the card can be used (GRP-02).") { $0.cardStatus },
            .init("status", "`expired` the day after its end date.") { $0.status },
            .init("endDate", "The last day; absent for one that never expires.") { $0.endDate },
            .init("ticketsPerYear", "What a calendar year begins with.") { $0.ticketsPerYear },
            .init("availableTickets", "What is left this calendar year.") { $0.availableTickets },
        ]
    }

    static func run(_ params: CardNameParams, _ prelude: Prelude) async throws -> Answer {
        try prelude.services.throttle.admit(.groupBalance, from: prelude.peer)
        do {
            return try await prelude.perform { try balance(params, in: $0) }
        } catch let refusal as Refusal {
            prelude.services.throttle.missed(.groupBalance, from: prelude.peer)
            try await prelude.note(.groupCardUnknown)
            throw refusal
        }
    }

    private static func balance(_ params: CardNameParams, in call: Call) throws -> Result {
        let today = Brussels.date(call.now)
        let row = try call.acrossCardSystems {
            try call.transaction.first(
                """
                select g.name, c.status, g.end_date, g.has_opportunity, g.tickets_per_year,
                    \(fragment: GroupPassRecord.remaining(on: today)) as remaining
                from \(fragment: GroupPassRecord.tables(card: params.condition))
                """)
        }
        guard let row else { throw Refusal(.groupPassNotFound, at: params.pointer) }
        let facts = GroupPassFacts(
            endDate: try row["end_date"], hasOpportunity: try row["has_opportunity"], remaining: try row["remaining"])
        return Result(
            name: try row["name"], cardStatus: try row["status"], status: facts.status(on: today),
            endDate: facts.endDate, ticketsPerYear: try row["tickets_per_year"],
            availableTickets: facts.availableTickets(on: today))
    }
}
