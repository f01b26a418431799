import CardRules
import Postgres

/// Which counter a step is written down with.
enum StepCounter {
    /// The one that has the card, gets it or gives it back.
    case ofCard
    /// The one where it was done, if it was done at one.
    case at(CounterID?)
}

/// The statements by which cards come in and change their status. Each writes down the steps that it takes, and nothing
/// else changes a card's status: so the steps of a card add up to where it is.
extension Call {
    /// Takes a step with cards that are locked and were judged before.
    ///
    /// - Parameters:
    ///   - cards: The condition on `card c` that they meet.
    ///   - others: What other rows the condition and the changes speak of.
    ///   - changes: What else changes with it, such as `holder_id = …`.
    func taking(
        _ step: CardStep, with cards: SQL, among others: SQL? = nil, changing changes: SQL? = nil,
        counter: StepCounter, reason: String? = nil
    ) -> SQL {
        let others = others.map { ", \(fragment: $0)" as SQL } ?? ""
        let more = changes.map { ", \(fragment: $0)" as SQL } ?? ""
        return writing(
            step, counter, reason,
            down: """
                update card c set status = \(step.to), changed_at = \(now), version = c.version + 1\(fragment: more)
                from card old\(fragment: others) where old.id = c.id and \(fragment: cards)
                returning c.id, c.version, c.card_system_id, old.status as from_status, c.status,
                    coalesce(c.counter_id, old.counter_id) as counter_id
                """)
    }

    /// Brings new cards in.
    ///
    /// - Parameter insertion: `insert into card … select …`, with their status and nothing returned.
    func bringing(_ step: CardStep, by insertion: SQL, counter: StepCounter, reason: String? = nil) -> SQL {
        writing(
            step, counter, reason,
            down: """
                \(fragment: insertion)
                returning id, version, card_system_id, null as from_status, status, counter_id
                """)
    }

    private func writing(_ step: CardStep, _ counter: StepCounter, _ reason: String?, down change: SQL) -> SQL {
        let place: SQL = if case .at(let counter) = counter { "\(counter)" } else { "moved.counter_id" }
        return """
            with moved as (\(fragment: change))
            insert into card_step (card_id, version, card_system_id, step, from_status, to_status, at, counter_id,
                account_id, reason)
            select moved.id, moved.version, moved.card_system_id, \(step), moved.from_status, moved.status, \(now),
                \(fragment: place), \(caller.accountID), \(reason)
            from moved
            """
    }
}
