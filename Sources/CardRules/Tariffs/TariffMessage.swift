/// What is told to who asked for a tariff and did not get it. What is said of the one kind of tariff never speaks of
/// the other (GEN-07).
public enum TariffMessage {
    /// Why there is no opportunity tariff (TAR-08, TAR-09).
    static func messages(_ cause: OpportunityTariff.Cause) -> [PassMessage] {
        switch cause {
        case .notActive(let statuses): statuses.map { message($0.status) }
        case .freeEvent:
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Deze activiteit is gratis: er is geen korting nodig.",
                        en: "This event is free: there is nothing to reduce.",
                        fr: "Cette activité est gratuite : aucune réduction n'est nécessaire."))
            ]
        case .aboveMaximum(let cents):
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Boven een basisprijs van \(euros(cents)) is er geen kansentarief.",
                        en: "There is no opportunity tariff above a regular price of \(euros(cents)).",
                        fr: "Il n'y a pas de tarif réduit au-dessus d'un prix de base de \(euros(cents))."))
            ]
        case .noKey:
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Voor deze prijs is er bij deze activiteit geen kansentarief.",
                        en: "There is no opportunity tariff for this price of the event.",
                        fr: "Il n'y a pas de tarif réduit pour ce prix de l'activité."))
            ]
        case .elsewhere:
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Het kansenstatuut van deze pas geldt niet in de regio van deze activiteit.",
                        en: "The opportunity status of this pass does not hold in the region of this event.",
                        fr: "Le statut de ce pass ne vaut pas dans la région de cette activité."))
            ]
        case .noStatus:
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Deze pashouder heeft geen kansenstatuut.",
                        en: "This pass holder has no opportunity status.",
                        fr: "Ce titulaire n'a pas de statut à tarif réduit."))
            ]
        case .groupWithout:
            [
                PassMessage(
                    .info,
                    Translated(
                        nl: "Deze groepspas geeft geen recht op het kansentarief.",
                        en: "This group pass does not entitle to the opportunity tariff.",
                        fr: "Ce pass de groupe ne donne pas droit au tarif réduit."))
            ]
        }
    }

    private static func message(_ status: OpportunityStatus) -> PassMessage {
        switch status {
        case .suspended(let until, _):
            PassMessage(
                .warn,
                Translated(
                    nl: "Het kansentarief kan niet: het statuut is geschorst tot en met \(until.text).",
                    en: "No opportunity tariff: the status is suspended up to \(until.text).",
                    fr: "Pas de tarif réduit : le statut est suspendu jusqu'au \(until.text)."))
        case .expired(let endDate), .active(let endDate, _):
            PassMessage(
                .warn,
                Translated(
                    nl: "Het kansentarief kan niet: het statuut is verlopen sinds \(endDate.text).",
                    en: "No opportunity tariff: the status ended on \(endDate.text).",
                    fr: "Pas de tarif réduit : le statut a pris fin le \(endDate.text)."))
        case .none: PassMessage(.warn, RefusalKind.opportunityExpired.text)
        }
    }

    /// TAR-06: names volume and period, and when it frees again.
    static func reached(_ use: LimitUse, at instant: Instant) -> PassMessage {
        let (volume, again) = (use.volumeText, use.againText(at: instant))
        return PassMessage(
            .warn,
            Translated(
                nl: "Het maximum aan tickets aan kansentarief is bereikt (\(volume.nl)).\(again.nl)",
                en: "The maximum of tickets at the opportunity tariff is reached (\(volume.en)).\(again.en)",
                fr: "Le maximum de tickets à tarif réduit est atteint (\(volume.fr)).\(again.fr)"))
    }

    /// TAR-07: a coupon that is used up, for the period.
    ///
    /// - Parameter use: `nil` if it is its budget that is spent.
    static func usedUp(_ name: String, _ use: LimitUse?, at instant: Instant) -> PassMessage {
        let volume = use.map { $0.volumeText }
        let again = use?.againText(at: instant) ?? Translated(nl: "", en: "", fr: "")
        func limit(_ text: String?) -> String { text.map { " (\($0))" } ?? "" }
        return PassMessage(
            .warn,
            Translated(
                nl: "De kortingsbon \"\(name)\" is opgebruikt\(limit(volume?.nl)).\(again.nl)",
                en: "The coupon \"\(name)\" is used up\(limit(volume?.en)).\(again.en)",
                fr: "Le bon \"\(name)\" est épuisé\(limit(volume?.fr)).\(again.fr)"))
    }

    static let noCoupon = PassMessage(
        .info,
        Translated(
            nl: "Voor deze pas is er hier geen kortingsbon.",
            en: "There is no coupon for this pass here.",
            fr: "Il n'y a pas de bon pour ce pass ici."))

    /// An amount of cents for people.
    static func euros(_ cents: Int) -> String {
        let rest = cents % 100
        return "€ \(cents / 100),\(rest < 10 ? "0" : "")\(rest)"
    }
}
