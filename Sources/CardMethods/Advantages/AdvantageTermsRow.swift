import CardRules
import Postgres

extension AdvantageTerms {
    /// Reads the columns of `advantage`, and `joined_on` of the municipality that offers it.
    init(row: Row) throws {
        self.init(
            type: try row["type"], status: try row["status"], enteredAt: try row["entered_at"],
            joinedOn: try row["joined_on"],
            granting: try DayPeriod(stored: try row["granted_from"], try row["granted_until"]),
            exchange: try DayPeriod(stored: try row["exchange_from"], try row["exchange_until"]),
            points: try row["points"], units: try row["units"],
            holderLimit: PeriodLimit(volume: try row["holder_limit_volume"], period: try row["holder_limit_period"]),
            totalLimit: PeriodLimit(volume: try row["total_limit_volume"], period: try row["total_limit_period"]),
            municipalities: Set(try row["municipality_ids"] as [MunicipalityID]),
            cardSystems: try row["all_card_systems"] ? nil : Set(try row["card_system_ids"] as [CardSystemID]),
            counters: Set(try row["counter_ids"] as [CounterID]), isOnline: try row["is_online"],
            hasCodes: try row["codes_added"] as Int > 0, codeWarningBelow: try row["code_warning_below"])
    }
}
