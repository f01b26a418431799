import CardRules
import Postgres

/// Tells a counter what happens to its payout account: its contact address and its admins, who would notice a fraud.
enum IBANMail {
    enum Step { case proposed, confirmed }

    static func queue(_ step: Step, _ iban: IBAN, for counter: CounterRecord, in call: Call) throws {
        let text = text(step, counter.name, ending: String(iban.text.suffix(4)))
        let now = call.realNow
        let recipients = try recipients(of: counter, in: call)
        let mails = recipients.map { to -> SQL in
            """
            insert into mail (id, to_address, subject, body, created_at)
            values (\(ID<Never>(at: now)), \(to), \(text.subject), \(text.body), \(now))
            """
        }
        try call.transaction.run(mails)
    }

    private static func recipients(of counter: CounterRecord, in call: Call) throws -> [EmailAddress] {
        let admins: [EmailAddress] = try call.transaction.query(
            """
            select a.email from counter_member m join account a on a.id = m.account_id
            where m.counter_id = \(counter.id) and m.role = \(CounterRole.admin) order by a.email_key
            """
        ).map { try $0[0] }
        guard let contact = counter.contactEmail, !admins.contains(contact) else { return admins }
        return [contact] + admins
    }

    /// In the language of a Flemish counter; only the end of the number, as mail is read by others.
    private static func text(_ step: Step, _ counter: String, ending: String) -> (subject: String, body: String) {
        let subject = "Rekeningnummer van \(counter)"
        switch step {
        case .proposed:
            return (
                subject,
                """
                Voor \(counter) is een rekeningnummer voorgesteld dat eindigt op \(ending).
                Het geldt pas als een tweede persoon het bevestigt.
                Klopt dit niet? Verwittig dan meteen de beheerder van uw kaartsysteem.
                """
            )
        case .confirmed:
            return (
                subject,
                """
                Het rekeningnummer van \(counter) eindigt nu op \(ending) en geldt vanaf de volgende uitbetaling.
                Klopt dit niet? Verwittig dan meteen de beheerder van uw kaartsysteem.
                """
            )
        }
    }
}
