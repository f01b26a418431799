import CardRules
import Postgres

/// Card number and date of birth, as proof of whose card it is. Five wrong dates a day close a card to it, whoever
/// tries; what is wrong is never told.
struct BirthDateProof: Sendable {
    let card: CardNumber
    let dateOfBirth: CivilDate

    /// Wrong dates for one card on one day, in real time.
    static let missesPerDay = 5

    /// The person, or `nil`. The transaction becomes the platform's and must be committed, as it counts.
    func holder(in transaction: Transaction, at realNow: Instant) throws -> PassHolderID? {
        Sessions.becomePlatform(transaction)
        let row = try transaction.first(
            """
            select c.id, c.holder_id, h.date_of_birth from card c join pass_holder h on h.id = c.holder_id
            where c.number = \(card) and c.status = 'active'
            """)
        guard let row else { return nil }
        let (id, today): (CardID, CivilDate) = (try row["id"], Brussels.date(realNow))
        // The row is locked before it is looked at, so that guesses that come at once are counted one by one.
        let misses: Int = try transaction.query(
            """
            insert into birth_date_misses (card_id, day, count) values (\(id), \(today), 0)
            on conflict (card_id) do update set day = excluded.day,
                count = case when birth_date_misses.day = excluded.day then birth_date_misses.count else 0 end
            returning count
            """)[0][0]
        if misses >= Self.missesPerDay { return nil }
        if try row["date_of_birth"] == dateOfBirth { return try row["holder_id"] }
        try transaction.execute("update birth_date_misses set count = count + 1 where card_id = \(id)")
        return nil
    }
}
