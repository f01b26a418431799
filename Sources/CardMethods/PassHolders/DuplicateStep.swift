import CardRules
import JSONRPC
import Postgres

/// Some members of a card system, in the order of birth date and id, and all who have their birth dates.
struct DuplicateStep {
    let people: [ComparedHolder]
    private let byBirth: [CivilDate: [ComparedHolder]]

    /// Read as the platform, with the card system in the condition: so the index on birth dates can be walked.
    init(of cardSystem: CardSystemID, after: PageCursor?, size: Int, in call: Call) throws {
        let isMember: SQL = """
            h.merged_into is null and h.removed_at is null and exists (
                select from membership m where m.holder_id = h.id and m.card_system_id = \(cardSystem))
            """
        let follows: SQL =
            if let after { "(h.date_of_birth, h.id) > (\(CivilDate(text: after.key)!), \(after.id))" } else { "true" }
        (people, byBirth) = try call.asPlatform {
            let people = try call.transaction.query(
                """
                select \(fragment: ComparedHolder.columns) from pass_holder h
                where \(fragment: isMember) and \(fragment: follows)
                order by h.date_of_birth, h.id limit \(size)
                """
            ).map(ComparedHolder.init(row:))
            let days = Set(people.map(\.dateOfBirth)).sorted()
            let others = try call.transaction.query(
                """
                select \(fragment: ComparedHolder.columns) from pass_holder h
                where \(fragment: isMember) and h.date_of_birth = any (\(days))
                """
            ).map(ComparedHolder.init(row:))
            return (people, Dictionary(grouping: others, by: \.dateOfBirth))
        }
    }

    /// Those with a greater id, so that a pair is found once.
    func duplicates(of person: ComparedHolder, _ keys: Keys) throws -> [PassHolderID: Likeness] {
        var likeness: [PassHolderID: Likeness] = [:]
        for other in byBirth[person.dateOfBirth] ?? [] where person.id < other.id {
            likeness[other.id] = try person.likeness(to: other, keys)
        }
        return likeness
    }
}
