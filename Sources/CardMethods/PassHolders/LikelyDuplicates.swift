import CardRules
import JSONRPC
import Postgres

extension Likeness: WordParameter {}

/// Somebody who may be another one, as the rules compare them.
struct ComparedHolder {
    let id: PassHolderID
    let dateOfBirth: CivilDate
    let name: ComparedName
    private let sealedINSZ: [UInt8]?

    static let columns: SQL = "h.id, h.date_of_birth, h.name, h.first_name, h.insz_sealed"

    init(row: Row) throws {
        id = try row["id"]
        dateOfBirth = try row["date_of_birth"]
        name = ComparedName(name: try row["name"], firstName: try row["first_name"])
        sealedINSZ = try row["insz_sealed"]
    }

    func insz(_ keys: Keys) throws -> INSZ? { try sealedINSZ.map { try keys.openedINSZ($0, of: id) } }

    /// How the two are alike; `nil` if they are not, or are two people for sure.
    func likeness(to other: ComparedHolder, _ keys: Keys) throws -> Likeness? {
        guard let likeness = Duplicates.likeness(name, other.name) else { return nil }
        return Duplicates.excludes(try insz(keys), try other.insz(keys)) ? nil : likeness
    }
}

/// Somebody who is likely to be the same person as another.
struct LikelyDuplicate: ResultRecord {
    let likeness: Likeness
    let holder: PassHolderSummary

    static let fields: [ResultField<LikelyDuplicate>] = [
        .init("likeness", "`same` or `swapped` names, or `similar`: two letters differ at most.") { $0.likeness },
        .init("passHolder", "Who it is.") { $0.holder },
    ]
}

extension Call {
    /// Own pass holders who were born on a day.
    func holders(born day: CivilDate) throws -> [ComparedHolder] {
        try transaction.query(
            """
            select \(fragment: ComparedHolder.columns) from pass_holder h
            where h.date_of_birth = \(day) and h.merged_into is null and h.removed_at is null
                and \(fragment: isOwn(holder: "h.id"))
            order by h.id
            """
        ).map(ComparedHolder.init(row:))
    }

    /// Own pass holders who are likely to be the person that is registered.
    func likelyDuplicates(of person: PersonParams) throws -> [(id: PassHolderID, likeness: Likeness)] {
        let name = ComparedName(name: person.name, firstName: person.firstName)
        return try holders(born: person.request.dateOfBirth).compactMap { other in
            guard let likeness = Duplicates.likeness(name, other.name),
                !Duplicates.excludes(person.request.insz, try other.insz(services.keys))
            else { return nil }
            return (other.id, likeness)
        }
    }

    /// Refuses a registration that is likely to be somebody's second: names who it may be, by the cards in own card
    /// systems, and by nothing else.
    func likelyDuplicateReasons(_ person: PersonParams) throws -> [Reason] {
        let found = try likelyDuplicates(of: person)
        guard !found.isEmpty else { return [] }
        let cards = Dictionary(
            try summaries(of: found.map(\.id)).map { ($0.id, $0.cardNumber?.text) }
        ) { first, _ in first }
        let list: [[Reason.Detail]] = found.map { other in
            [.init("passHolderId", .text(other.id.text)), .init("likeness", .text(other.likeness.rawValue))]
                + (cards[other.id].flatMap(\.self).map { [.init("cardNumber", .text($0))] } ?? [])
        }
        return [Reason(.likelyDuplicate, at: "/duplicateConfirmed", .init("passHolders", .list(list)))]
    }
}
