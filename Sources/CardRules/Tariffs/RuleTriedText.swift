extension RuleTried {
    /// What it said, for who wants to know why: the rule, whether it holds, its limit, what is used, and when again.
    public func text(at instant: Instant) -> Translated {
        let (label, verdict) = (name.label, holds ? Self.holdsText : Self.failsText)
        guard let limit else { return label.joined(": ", verdict) }
        let volume = limit.volumeText
        let used = Translated(
            nl: " (\(limit.used) van \(volume.nl) gebruikt).", en: " (\(limit.used) of \(volume.en) used).",
            fr: " (\(limit.used) sur \(volume.fr) utilisés).")
        return label.joined(": ", verdict).joined("", used).joined("", limit.againText(at: instant))
    }

    private static let holdsText = Translated(nl: "in orde", en: "holds", fr: "en ordre")
    private static let failsText = Translated(nl: "niet in orde", en: "does not hold", fr: "pas en ordre")
}

extension Translated {
    fileprivate func joined(_ separator: String, _ other: Translated) -> Translated {
        Translated(nl: nl + separator + other.nl, en: en + separator + other.en, fr: fr + separator + other.fr)
    }
}

extension RuleTried.Name {
    /// The rule in a few words.
    var label: Translated {
        switch self {
        case .eventPriced: Translated(nl: "betalende activiteit", en: "the event has a price", fr: "activité payante")
        case .membership: Translated(nl: "actief lidmaatschap", en: "active membership", fr: "affiliation active")
        case .opportunityHere:
            Translated(nl: "kansenstatuut in deze regio", en: "opportunity status here", fr: "statut dans cette région")
        case .opportunityAnywhere:
            Translated(
                nl: "kansenstatuut in een regio", en: "opportunity status in some region", fr: "statut dans une région")
        case .maximumPrice:
            Translated(nl: "maximumprijs van de regio", en: "maximum price of the region", fr: "prix maximal (région)")
        case .distributionKey:
            Translated(nl: "een verdeelsleutel past", en: "a distribution key fits", fr: "une clé de répartition vaut")
        case .keyMaximumPrice:
            Translated(nl: "maximumprijs van de sleutel", en: "maximum price of the key", fr: "prix maximal de la clé")
        case .priceBelow: Translated(nl: "prijs onder de grens", en: "price below the bound", fr: "prix sous la limite")
        case .age: Translated(nl: "leeftijd", en: "age", fr: "âge")
        case .municipality: Translated(nl: "woonplaats", en: "residence", fr: "domicile")
        case .target: Translated(nl: "doelgroep van de bon", en: "whom the coupon is for", fr: "public du bon")
        case .validity: Translated(nl: "geldigheid van de bon", en: "validity of the coupon", fr: "validité du bon")
        case .event: Translated(nl: "activiteit van de bon", en: "events of the coupon", fr: "activités du bon")
        case .organizer:
            Translated(nl: "organisator van de bon", en: "organizers of the coupon", fr: "organisateurs du bon")
        case .budget: Translated(nl: "budget van de bon", en: "budget of the coupon", fr: "budget du bon")
        case .status: Translated(nl: "de bon loopt nog", en: "the coupon runs", fr: "le bon est en cours")
        case .discount:
            Translated(nl: "de bon maakt goedkoper", en: "the coupon lowers the price", fr: "le bon réduit le prix")
        case .eventLimit: Translated(nl: "limiet van de activiteit", en: "limit of the event", fr: "limite (activité)")
        case .counterLimit:
            Translated(nl: "limiet van de organisator", en: "limit of the organizer", fr: "limite de l'organisateur")
        case .groupAllowance:
            Translated(nl: "tickets van de groep", en: "tickets of the group", fr: "tickets du groupe")
        case .couponHolderLimit:
            Translated(nl: "limiet per pashouder", en: "limit per pass holder", fr: "limite par titulaire")
        case .couponEventLimit:
            Translated(nl: "limiet per activiteit", en: "limit per event", fr: "limite par activité")
        case .couponTotalLimit, .advantageLimit:
            Translated(nl: "limiet in totaal", en: "limit in all", fr: "limite totale")
        case .advantageHolderLimit:
            Translated(nl: "limiet per pashouder", en: "limit per pass holder", fr: "limite par titulaire")
        }
    }
}
