import CardRules
import JSONRPC

/// A person, by id in own card systems, or by a card of whatever card system.
struct PersonName: Sendable {
    let holder: PassHolderID?
    let heldCard: CardNumber?

    init(from reader: inout ParameterReader) {
        holder = reader.optional("passHolderId", "The person; or give `heldCardNumber`.")
        heldCard = reader.optional(
            "heldCardNumber", "An active card that the person has, of whatever card system: he or she shows it.")
        if reader.problems.isEmpty, (holder == nil) == (heldCard == nil) {
            reader.refuse("passHolderId", "give either passHolderId or heldCardNumber")
        }
    }
}

/// What is asked of a membership, but for whose and where.
struct MembershipChangeParams: Sendable {
    let counter: CounterID?
    let request: MembershipRequest
    let sale: PassSaleParams

    /// - Parameters:
    ///   - card: What the number of the new card is called.
    ///   - isCardRequired: Whether a card must be issued.
    init(from reader: inout ParameterReader, card name: String = "cardNumber", isCardRequired: Bool = false) {
        counter = reader.optional("counterId", "Where it is done; administrators without a chosen counter say so.")
        let type: CardType? =
            isCardRequired
            ? reader.required("cardType", "What the new card is made of.")
            : reader.optional(
                "cardType", "What the new card is made of; absent goes on with the card there is (R-065).")
        let number: CardNumber? = reader.optional(name, "The number on the new card; of an nfcCard only.")
        let opportunity: OpportunityParams? = reader.optional(
            "opportunity", "Asks for an opportunity status; a card made for it asks by itself.")
        let address: AddressParams? = reader.optional("address", "Where the person lives from now on.")
        sale = PassSaleParams(from: &reader)
        var card: RegistrationCard?
        if !reader.problems.contains(where: { ["/cardType", "/" + name].contains($0.pointer) }) {
            if let type {
                do { card = try RegistrationCard(type: type, number: number) } catch {
                    reader.refuse(name, error.reason)
                }
            } else if number != nil {
                reader.refuse("cardType", "must be given with a number")
            }
        }
        request = MembershipRequest(
            card: card, opportunity: opportunity.map { OpportunityRequest(endDate: $0.endDate) },
            newAddress: address?.address, cardPointer: "/" + name)
    }
}

/// Whose membership of which card system it is about, and what is asked.
struct MembershipParams: Parameters {
    let person: PersonName
    let cardSystem: CardSystemID
    let change: MembershipChangeParams

    init(from reader: inout ParameterReader) {
        person = PersonName(from: &reader)
        cardSystem = reader.required("cardSystemId", "The card system.")
        change = MembershipChangeParams(from: &reader)
    }
}
