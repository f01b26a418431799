import CardRules
import Postgres

/// The mail by which the owner of an address confirms that an account is his.
struct ConfirmationMail {
    let to: EmailAddress
    let name: String
    let language: AccountLanguage
    let token: String

    /// For how long the token holds, in hours of real time.
    static let hours = 24
    static let tokenPrefix = "kse_"

    /// Puts the mail where it waits to be sent.
    func queue(at realNow: Instant) -> SQL {
        """
        insert into mail (id, to_address, subject, body, created_at)
        values (\(ID<Never>(at: realNow)), \(to), \(subject), \(body), \(realNow))
        """
    }

    private var subject: String {
        switch language {
        case .nl: "Bevestig uw e-mailadres"
        case .fr: "Confirmez votre adresse e-mail"
        case .en: "Confirm your e-mail address"
        }
    }

    private var body: String {
        switch language {
        case .nl:
            """
            Dag \(name)

            Met deze code bevestigt u uw account. Ze is \(Self.hours) uur geldig.
            Hebt u geen account aangevraagd? Dan hoeft u niets te doen.

            \(token)
            """
        case .fr:
            """
            Bonjour \(name)

            Ce code confirme votre compte. Il est valable \(Self.hours) heures.
            Vous n'avez pas demandé de compte ? Vous n'avez rien à faire.

            \(token)
            """
        case .en:
            """
            Hello \(name)

            This token confirms your account. It is valid for \(Self.hours) hours.
            You did not ask for an account? Then there is nothing to do.

            \(token)
            """
        }
    }
}
