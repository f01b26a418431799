import CardRules
import JSONRPC
import Postgres

extension AdvantageType: WordParameter, PostgresValue {}
extension AdvantageStatus: WordParameter, PostgresValue {}

extension AdvantageTerms {
    /// Reads the columns of `advantage`, and `joined_on` of the municipality that offers it.
    init(row: Row) throws {
        func days(_ name: String) throws -> DayPeriod {
            guard let days = DayPeriod(from: try row[name + "_from"], until: try row[name + "_until"]) else {
                throw UnreadableColumn()
            }
            return days
        }
        func limit(_ name: String) throws -> PeriodLimit? {
            guard let volume: Int = try row[name + "_limit_volume"], let word: String = try row[name + "_limit_period"],
                let period = PeriodLimit.Period(rawValue: word)
            else { return nil }
            return PeriodLimit(volume: volume, per: period)
        }
        self.init(
            type: try row["kind"], status: try row["status"], enteredAt: try row["entered_at"],
            joinedOn: try row["joined_on"], granting: try days("granted"), exchange: try days("exchange"),
            points: try row["points"], units: try row["units"], holderLimit: try limit("holder"),
            totalLimit: try limit("total"), municipalities: Set(try row["municipality_ids"] as [MunicipalityID]),
            cardSystems: try row["all_card_systems"] ? nil : Set(try row["card_system_ids"] as [CardSystemID]),
            counters: Set(try row["counter_ids"] as [CounterID]), isOnline: try row["is_online"],
            hasCodes: try row["codes_added"] as Int > 0, codeWarningBelow: try row["code_warning_below"])
    }
}
