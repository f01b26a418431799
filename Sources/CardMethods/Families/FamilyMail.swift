import CardRules
import Postgres

/// The mail by which somebody hears that he was added to a family, with what he leaves it again (FAM-04).
struct FamilyMail {
    let to: EmailAddress
    let name: String
    let language: AccountLanguage
    let token: String

    static let tokenPrefix = "ksf_"

    /// Puts the mail where it waits to be sent.
    func queue(at realNow: Instant) -> SQL {
        """
        insert into mail (id, to_address, subject, body, created_at)
        values (\(ID<Never>(at: realNow)), \(to), \(subject), \(body), \(realNow))
        """
    }

    private var subject: String {
        switch language {
        case .nl: "U bent aan een gezin toegevoegd"
        case .fr: "Vous avez été ajouté à une famille"
        case .en: "You were added to a family"
        }
    }

    private var body: String {
        switch language {
        case .nl:
            """
            Dag \(name)

            Iemand heeft u met uw pas aan zijn gezin toegevoegd, en kan nu ook voor u inchecken.
            Wilt u dat niet? Met deze code stapt u weer uit het gezin.

            \(token)
            """
        case .fr:
            """
            Bonjour \(name)

            Quelqu'un vous a ajouté à sa famille avec votre pass et peut désormais enregistrer vos passages.
            Vous ne le souhaitez pas ? Ce code vous retire de la famille.

            \(token)
            """
        case .en:
            """
            Hello \(name)

            Somebody added you with your pass to a family, and can now check you in too.
            You do not want that? With this token you leave the family again.

            \(token)
            """
        }
    }
}
