import CardRules
import JSONRPC
import Postgres

/// How long an association's memberships last, as `association.create` and `association.update` take it.
struct AssociationSettings: Sendable {
    enum Amount: IntegerRange { static let range = 1...1200 }
    enum Months: IntegerRange { static let range = 0...120 }

    /// `nil` leaves it as it is.
    let term: AssociationTerm?
    let renewableMonthsBefore: Bounded<Months>?

    init(from reader: inout ParameterReader) {
        let type: EndDateType? = reader.optional(
            "endDateType", "How the end date of a membership is found; `custom` at first.")
        let amount: Bounded<Amount>? = reader.optional(
            "termAmount", "How long a membership lasts; with `termUnit`, and unless the type is `custom`.")
        let unit: AssociationTerm.Unit? = reader.optional("termUnit", "In which unit `termAmount` is.")
        let endDate: CivilDate? = reader.optional("defaultEndDate", "What is offered, if the type is `custom`.")
        renewableMonthsBefore = reader.optional(
            "renewableMonthsBefore", "How many months before its end a membership can be renewed; 3 at first.")
        let length = amount.flatMap { amount in
            unit.map { AssociationTerm.Length(amount: amount.value, unit: $0) }
        }
        term = type.map { AssociationTerm($0, length, defaultEndDate: endDate) }
        guard reader.problems.isEmpty else { return }
        if (amount == nil) != (unit == nil) { reader.refuse("termUnit", "goes with termAmount") }
        if let type, (type == .custom) != (length == nil) {
            reader.refuse("termAmount", "is needed unless the type is custom, and is not then")
        }
        if type == nil, length != nil || endDate != nil { reader.refuse("endDateType", "is missing") }
        if endDate != nil, type != .custom { reader.refuse("defaultEndDate", "is for the type custom only") }
    }

    func add(to changes: inout FieldChanges) {
        changes.set("endDateType", to: term) { term in
            let endDate: CivilDate? = if case .custom(let endDate) = term { endDate } else { nil }
            return """
                end_date_type = \(term.type), term_amount = \(term.length?.amount), term_unit = \(term.length?.unit),
                default_end_date = \(endDate)
                """
        }
        changes.set("renewableMonthsBefore", to: renewableMonthsBefore) { "renewable_months_before = \($0.value)" }
    }
}
