import CardRules
import JSONRPC
import Postgres

enum TicketsPerYear: IntegerRange { static let range = 0...100_000 }

/// How a group is reached and where it is at home, as `groupPass.create` and `groupPass.update` take it.
struct GroupFields: Sendable {
    let email: Change<EmailAddress>
    let phone: Change<PhoneNumber>

    init(from reader: inout ParameterReader) {
        email = reader.change("email", "How it is reached.")
        phone = reader.change("phone", "How it is reached.")
    }

    func add(to changes: inout FieldChanges) {
        changes.change("email", email) { "email = \($0)" }
        changes.change("phone", phone) { "phone = \($0)" }
    }
}

/// The card that a group gets: from the drawer of the counter, or digital.
struct GroupCardParams: Sendable {
    let card: RegistrationCard

    init(from reader: inout ParameterReader) {
        let type: CardType = reader.required("cardType", "What the card is made of.")
        let number: CardNumber? = reader.optional("cardNumber", "The number on the card; of an nfcCard only.")
        var card = RegistrationCard.digital
        if !reader.problems.contains(where: { ["/cardType", "/cardNumber"].contains($0.pointer) }) {
            do { card = try RegistrationCard(type: type, number: number) } catch {
                reader.refuse("cardNumber", error.reason)
            }
        }
        self.card = card
    }

    /// Everything that is against giving the card to a group. It is locked until the transaction ends.
    func reasons(in cardSystem: CardSystemID, hasOpportunity: Bool, _ call: Call) throws -> [Reason] {
        guard case .nfcCard(let number) = card else { return [] }
        let counter = call.scope.administers(cardSystem) ? nil : call.caller.counter?.id
        return GroupPassRules.reasons(
            handingOut: try call.lockedCard(number)?.facts, number, in: cardSystem, hasOpportunity: hasOpportunity,
            at: counter)
    }

    /// Makes it the group's card.
    func give(to pass: GroupPassID, in cardSystem: CardSystemID, hasOpportunity: Bool, _ call: Call) throws {
        let counter = call.caller.counter?.id
        switch card {
        case .nfcCard(let number):
            try call.transaction.execute(
                call.taking(
                    .activate, with: "c.number = \(number)", changing: "is_group_pass = true, group_pass_id = \(pass)",
                    counter: .at(counter), reason: Self.reason))
        case .digital:
            let number = try DigitalCard.freeNumber(opportunity: hasOpportunity, in: call)
            try call.transaction.execute(
                call.bringing(
                    .make,
                    by: """
                        insert into card (id, card_system_id, number, type, status, is_group_pass, group_pass_id,
                            counter_id, changed_at)
                        values (\(call.newID() as CardID), \(cardSystem), \(number), \(CardType.digital),
                            \(CardStep.make.to), true, \(pass), \(counter), \(call.now))
                        """, counter: .at(counter), reason: Self.reason))
        }
    }

    /// What its step is written down with.
    private static let reason = "groupPass"
}
