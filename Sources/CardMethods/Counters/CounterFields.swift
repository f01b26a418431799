import CardRules
import JSONRPC
import Postgres

/// What can be said of a counter beside its name, as `counter.create` and `counter.update` take it.
struct CounterFields: Sendable {
    let key: Change<String>
    let municipality: Change<MunicipalityID>
    let organizer: Change<OrganizerID>
    let locations: [PlaceID]?
    let isPointOfSale: Bool?
    let isSchool: Bool?
    let isCheckInAutomatic: Bool?
    let street: Change<String>
    let postalCode: Change<BelgianPostalCode>
    let city: Change<String>
    let phone: Change<PhoneNumber>
    let contactEmail: Change<EmailAddress>

    init(from reader: inout ParameterReader) {
        key = reader.change("key", "The organizer key that it is known by elsewhere; unique in the card system.")
        municipality = reader.change("municipalityId", "Where it stands.")
        organizer = reader.change("organizerId", "The organizer that it is in UiTdatabank.")
        locations = reader.optional("locationIds", "The places that it is there, all of them.")
        isPointOfSale = reader.optional("isPointOfSale", "Whether passes are sold there; false at first.")
        isSchool = reader.optional("isSchool", "Whether it is a school; false at first.")
        isCheckInAutomatic = reader.optional(
            "automaticCheckIn", "Whether a scan for an event checks the card in (`scan.act`); false at first.")
        street = reader.change("street", "With number.")
        postalCode = reader.change("postalCode", "Its postal code.")
        city = reader.change("city", "Its city.")
        phone = reader.change("phone", "How it is reached.")
        contactEmail = reader.change("contactEmail", "How it is reached.")
    }

    func add(to changes: inout FieldChanges) {
        changes.change("key", key) { "key = \($0)" }
        changes.change("municipalityId", municipality) { "municipality_id = \($0)" }
        changes.change("organizerId", organizer) { "organizer_id = \($0)" }
        changes.set("locationIds", to: locations) { "location_ids = \($0)" }
        changes.set("isPointOfSale", to: isPointOfSale) { "is_point_of_sale = \($0)" }
        changes.set("isSchool", to: isSchool) { "is_school = \($0)" }
        changes.set("automaticCheckIn", to: isCheckInAutomatic) { "automatic_check_in = \($0)" }
        changes.change("street", street) { "street = \($0)" }
        changes.change("postalCode", postalCode) { "postal_code = \($0)" }
        changes.change("city", city) { "city = \($0)" }
        changes.change("phone", phone) { "phone = \($0)" }
        changes.change("contactEmail", contactEmail) { "contact_email = \($0)" }
    }
}
