import CardRules
import JSONRPC
import Postgres

extension AssociationTerm.Unit: WordParameter, PostgresValue {}
extension AssociationStatus: WordParameter {}

/// How the end date of an association's memberships is found.
enum EndDateType: String, WordParameter, PostgresValue {
    case custom, basedOnDateOfBirth, basedOnRegistrationDate
}

/// What a counter may do with an association (ASC-01).
enum AssociationRight: String, WordParameter {
    case none, read, write
}

/// An association as those see it who may read it.
struct AssociationRecord: ResultRecord {
    let id: AssociationID
    let cardSystem: CardSystemID
    let name: String
    let term: AssociationTerm
    let renewableMonthsBefore: Int
    let mayWrite: Bool
    let version: Int

    static let fields: [ResultField<AssociationRecord>] = [
        .init("id", "The association.") { $0.id },
        .init("cardSystemId", "Whose pass holders may join it.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("endDateType", "How the end date of a membership is found.") { $0.term.type },
        .init("termAmount", "How long a membership lasts; absent where the counter chooses its end.") {
            $0.term.length?.amount
        },
        .init("termUnit", "In which unit.") { $0.term.length?.unit },
        .init("defaultEndDate", "What a counter that chooses is offered.") { record -> CivilDate? in
            if case .custom(let endDate) = record.term { endDate } else { nil as CivilDate? }
        },
        .init("renewableMonthsBefore", "How many months before its end a membership can be renewed.") {
            $0.renewableMonthsBefore
        },
        .init("mayWrite", "Whether the caller may let people join and leave.") { $0.mayWrite },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = """
        a.id, a.card_system_id, a.name, a.end_date_type, a.term_amount, a.term_unit, a.default_end_date,
        a.renewable_months_before, a.version
        """

    /// - Parameter row: With what `Call.associationRight` adds.
    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        let type: EndDateType = try row["end_date_type"]
        let length = try (row["term_amount"] as Int?).map {
            AssociationTerm.Length(amount: $0, unit: try row["term_unit"])
        }
        term = AssociationTerm(type, length, defaultEndDate: try row["default_end_date"])
        renewableMonthsBefore = try row["renewable_months_before"]
        mayWrite = try row["may_write"]
        version = try row["version"]
    }
}

extension AssociationTerm {
    /// - Parameter length: Is there unless the counter chooses.
    init(_ type: EndDateType, _ length: Length?, defaultEndDate: CivilDate?) {
        switch (type, length) {
        case (.basedOnDateOfBirth, .some(let length)): self = .basedOnDateOfBirth(length)
        case (.basedOnRegistrationDate, .some(let length)): self = .basedOnRegistrationDate(length)
        case (.custom, _), (_, nil): self = .custom(defaultEndDate: defaultEndDate)
        }
    }

    var type: EndDateType {
        switch self {
        case .custom: .custom
        case .basedOnDateOfBirth: .basedOnDateOfBirth
        case .basedOnRegistrationDate: .basedOnRegistrationDate
        }
    }

    var length: Length? {
        switch self {
        case .custom: nil
        case .basedOnDateOfBirth(let length), .basedOnRegistrationDate(let length): length
        }
    }
}

extension Call {
    /// The column `may_write` of `association a`, for those that the caller may read; see `readableAssociations`.
    var associationRight: SQL {
        if scope.isOperator { return "true as may_write" }
        return """
            (a.card_system_id = any (\(scope.administered.sorted())) or exists (select from association_counter r
                where r.association_id = a.id and r.counter_id = \(caller.counter?.id) and r.may_write)) as may_write
            """
    }

    /// The condition that the caller may read `association a`: he administers its card system, or his counter was given
    /// it (ASC-01).
    var readableAssociations: SQL {
        if scope.isOperator { return "true" }
        return """
            (a.card_system_id = any (\(scope.administered.sorted()))
                or a.card_system_id = any (\(scope.atCounter.sorted())) and exists (
                    select from association_counter r
                    where r.association_id = a.id and r.counter_id = \(caller.counter?.id)))
            """
    }

    /// An association that the caller may read; any other is answered like one that does not exist (ASC-03, R-166).
    ///
    /// - Parameter lock: Whether it is held until the transaction ends.
    func association(_ id: AssociationID, lock: Bool = false) throws -> AssociationRecord {
        let row = try transaction.first(
            """
            select \(fragment: AssociationRecord.columns), \(fragment: associationRight) from association a
            where a.id = \(id) and \(fragment: readableAssociations) \(fragment: lock ? "for update of a" : "")
            """)
        guard let row else { throw Refusal(.associationNotFound, at: "/associationId") }
        return try AssociationRecord(row: row)
    }

    /// An association of a card system that the caller administers, held until the transaction ends.
    func administeredAssociation(_ id: AssociationID) throws -> AssociationRecord {
        let association = try association(id, lock: true)
        audit.cardSystem = association.cardSystem
        audit.object(id)
        return association
    }

    /// Refuses a name that another association of the card system has.
    func requireFreeAssociationName(_ name: String?, for id: AssociationID?, in cardSystem: CardSystemID) throws {
        let taken = try transaction.first(
            """
            select from association
            where card_system_id = \(cardSystem) and name = \(name) and id is distinct from \(id)
            """)
        if taken != nil { throw Refusal(.associationNameTaken, at: "/name") }
    }
}
