import CardRules
import Postgres

/// The mail that tells who ordered that the people are pass holders, with the tokens that link their logins.
struct OrderMail {
    let to: EmailAddress
    let language: AccountLanguage
    let lines: [Line]

    /// One person.
    struct Line {
        let firstName: String
        let card: CardNumber
        let token: String

        var text: String { "\(firstName): \(card.text)\n\(token)" }
    }

    /// For how long the tokens hold, in days of real time.
    static let tokenDays = 30

    /// Puts the mail where it waits to be sent.
    func queue(at realNow: Instant) -> SQL {
        """
        insert into mail (id, to_address, subject, body, created_at)
        values (\(ID<Never>(at: realNow)), \(to), \(subject), \(body), \(realNow))
        """
    }

    private var subject: String {
        switch language {
        case .nl: "Uw passen zijn klaar"
        case .fr: "Vos cartes sont prêtes"
        case .en: "Your passes are ready"
        }
    }

    private var body: String {
        let people = lines.map(\.text).joined(separator: "\n\n")
        let days = Self.tokenDays
        let opening =
            switch language {
            case .nl: "Met deze codes koppelt u een account aan elke pas. Ze zijn \(days) dagen geldig."
            case .fr: "Ces codes lient un compte à chaque carte. Ils sont valables \(days) jours."
            case .en: "These tokens link an account to each pass. They are valid for \(days) days."
            }
        return "\(opening)\n\n\(people)"
    }
}
