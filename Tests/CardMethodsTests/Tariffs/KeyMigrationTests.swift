import CardRules
import CardSchema
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What databases hold from before a distribution key had terms.
@Suite(.emptyDatabase) struct KeyMigrationTests {
    private let connection: Connection

    init() throws { connection = try Connection(ConnectionSettings(OwnDatabase.conninfo), logger: Scene.logger) }

    private func migrate(upTo end: String) throws -> [String] {
        let files = SQLFile.all.filter { $0.name != "roles.sql" && $0.name.prefix(4) <= end }
        return try Migrator(
            files.map { Migration(name: $0.name, sha256: String(repeating: "0", count: 64), text: $0.text) }
        ).apply(on: connection)
    }

    @Test func `what a key said becomes its first term, since its card system was made`() throws {
        for file in SQLFile.all where file.name == "roles.sql" { try connection.script(file.text) }
        _ = try migrate(upTo: "0018")
        let keys: [(name: String, shares: [Int])] = [
            ("all three", [20, 40, 40]), ("free", [0, 0, 100]), ("nobody else", [100, 0, 0]),
            ("organizer", [30, 70, 0]),
        ]
        let system = CardSystemID(high: 1, low: 1)
        let made = SceneData.start - .days(100)
        _ = try connection.run(
            ["insert into card_system (id, name, created_at) values (\(system), 'Old', \(made))"]
                + keys.map { key -> SQL in
                    """
                    insert into distribution_key (id, card_system_id, name, holder_percent, organizer_percent,
                        government_percent)
                    values (gen_random_uuid(), \(system), \(key.name), \(key.shares[0]), \(key.shares[1]),
                        \(key.shares[2]))
                    """
                })
        #expect(try migrate(upTo: "0019") == ["0019_distribution_keys.sql"])
        let rows = try connection.run([
            """
            select k.name, k.version, t.discount_kind, t.discount_value, t.opportunity, t.is_automatic, t.payers,
                t.payer_weights, t.valid_from, t.recorded_at
            from distribution_key k left join distribution_key_term t on t.distribution_key_id = k.id
                and t.card_system_id = k.card_system_id
            order by k.name
            """
        ])[0]
        let terms = try rows.map { row -> String in
            let (payers, weights): ([String], [Int]) = (try row["payers"], try row["payer_weights"])
            let shares = zip(payers, weights).map { "\($0) \($1)" }.joined(separator: ", ")
            #expect(try row["discount_kind"] == "percentPaid" && row["opportunity"] == "here")
            #expect(try row["is_automatic"] == false && row["version"] == 1)
            #expect(try row["valid_from"] == made && row["recorded_at"] == made)
            return "\(try row["name"] as String): \(try row["discount_value"] as Int) | \(shares)"
        }
        #expect(
            terms == [
                "all three: 20 | organizer 40, municipality 40", "free: 0 | municipality 100",
                "nobody else: 100 | organizer 1", "organizer: 30 | organizer 70",
            ])
        #expect(try migrate(upTo: "9999").first == "0020_redemptions.sql")
    }
}
