/// Where a person lives. Abroad only postal code and city are asked (REG-08).
public struct Address: Sendable, Hashable {
    /// With number and box.
    public let street: String?
    public let postalCode: String
    public let city: String
    public let country: Country

    /// REG-10: in Belgium the postal code must be one; abroad any text may be.
    ///
    /// - Throws: What is wrong with the postal code.
    public init(street: String?, postalCode: String, city: String, country: Country) throws(Malformed) {
        if country == .belgium { _ = try BelgianPostalCode(checking: postalCode) }
        (self.street, self.postalCode, self.city, self.country) = (street, postalCode, city, country)
    }

    /// An address in Belgium.
    public init(street: String?, postalCode: BelgianPostalCode, city: String) {
        (self.street, self.postalCode, self.city, country) = (street, postalCode.text, city, .belgium)
    }

    /// `nil` abroad.
    public var belgianPostalCode: BelgianPostalCode? {
        country == .belgium ? BelgianPostalCode(text: postalCode) : nil
    }
}
