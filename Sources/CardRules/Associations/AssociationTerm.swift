/// How the end date of an association's memberships is found.
public enum AssociationTerm: Sendable, Hashable {
    /// The counter chooses it; the default is what it is offered.
    case custom(defaultEndDate: CivilDate?)
    /// The birth date and a fixed time: it never changes.
    case basedOnDateOfBirth(Length)
    /// The day of registration and a fixed time, again with each renewal.
    case basedOnRegistrationDate(Length)

    /// A time by the calendar. The unit is always named, for clients have taken one for the other.
    public struct Length: Sendable, Hashable {
        /// At least 1.
        public let amount: Int
        public let unit: Unit

        public init(amount: Int, unit: Unit) { (self.amount, self.unit) = (amount, unit) }

        var months: Int { unit == .years ? 12 * amount : amount }
    }

    public enum Unit: String, Sendable, CaseIterable {
        case years, months
    }

    /// The last day of so many lengths from an anchor. A month that is too short gives its last day; later ones are
    /// counted from the anchor again, so that the 31st comes back.
    public static func endDate(from anchor: CivilDate, _ length: Length, terms: Int) -> CivilDate {
        anchor.adding(months: length.months * terms)
    }
}
