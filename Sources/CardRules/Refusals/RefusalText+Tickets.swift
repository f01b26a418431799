extension RefusalText {
    /// Tariffs, coupons and tickets.
    static let tickets: [RefusalKind: Translated] = [
        .distributionKeyNotFound: Translated(
            nl: "Deze verdeelsleutel bestaat niet.",
            en: "There is no such distribution key.",
            fr: "Cette clé de répartition n'existe pas."),
        .distributionKeyNameTaken: Translated(
            nl: "Er is al een verdeelsleutel met deze naam.",
            en: "There is a distribution key with this name already.",
            fr: "Une clé de répartition porte déjà ce nom."),
        .distributionKeyTermInPast: Translated(
            nl: "Een verdeelsleutel kan niet met terugwerkende kracht veranderen.",
            en: "A distribution key cannot change in the past.",
            fr: "Une clé de répartition ne peut pas changer rétroactivement."),
        .distributionKeyTermTaken: Translated(
            nl: "Op dat ogenblik verandert deze verdeelsleutel al.",
            en: "The distribution key changes at that moment already.",
            fr: "La clé de répartition change déjà à ce moment-là."),
        .distributionKeyNotApplicable: Translated(
            nl: "Deze verdeelsleutel kan hier niet gekozen worden.",
            en: "This distribution key cannot be chosen here.",
            fr: "Cette clé de répartition ne peut pas être choisie ici."),
        .couponNotFound: Translated(
            nl: "Deze bon bestaat niet.",
            en: "There is no such coupon.",
            fr: "Ce bon n'existe pas."),
        .couponEnded: Translated(
            nl: "Deze bon is beëindigd.",
            en: "This coupon was ended.",
            fr: "Ce bon a été arrêté."),
        .couponInUse: Translated(
            nl: "Dit kan niet meer veranderen: er zijn al tickets met deze bon verkocht.",
            en: "This cannot change any more: tickets have been sold with this coupon.",
            fr: "Ceci ne peut plus changer : des tickets ont été vendus avec ce bon."),
        .couponPayerNotAllowed: Translated(
            nl: "Een gemeente kan alleen zichzelf of een partner laten betalen.",
            en: "A municipality can have only itself or a partner pay.",
            fr: "Une commune ne peut faire payer qu'elle-même ou un partenaire."),
        .couponTargetExists: Translated(
            nl: "Deze pashouder of groep heeft de bon al.",
            en: "The coupon names this pass holder or group already.",
            fr: "Ce titulaire ou ce groupe a déjà ce bon."),
        .couponTargetNotFound: Translated(
            nl: "De bon staat niet op naam van deze pashouder of groep.",
            en: "The coupon does not name this pass holder or group.",
            fr: "Le bon n'est pas au nom de ce titulaire ou de ce groupe."),
        .tariffNotAvailable: Translated(
            nl: "Er is geen kansentarief.",
            en: "There is no opportunity tariff.",
            fr: "Il n'y a pas de tarif réduit."),
        .ticketSaleNotFound: Translated(
            nl: "Deze ticketverkoop bestaat niet of is geannuleerd.",
            en: "There is no such ticket sale, or it was cancelled.",
            fr: "Cette vente de ticket n'existe pas ou a été annulée."),
        .ticketSaleSeveralFit: Translated(
            nl: "Met deze kaart zijn verschillende tickets voor dit evenement verkocht: kies er een.",
            en: "Several tickets for this event were sold with this card: choose one.",
            fr: "Plusieurs tickets pour cette activité ont été vendus avec cette carte : choisissez-en un."),
        .ticketSaleNotReserved: Translated(
            nl: "Deze ticketverkoop is al bevestigd.",
            en: "This ticket sale was confirmed already.",
            fr: "Cette vente de ticket est déjà confirmée."),
        .ticketSaleLapsed: Translated(
            nl: "De reservatie is vervallen.",
            en: "The reservation has lapsed.",
            fr: "La réservation a expiré."),
        .ticketSaleReasonNeeded: Translated(
            nl: "Geef een reden op.",
            en: "Give a reason.",
            fr: "Indiquez une raison."),
        .ticketSalePeriodClosed: Translated(
            nl: "De afrekening van deze verkoop is afgesloten: vraag het de beheerder.",
            en: "The settlement of this sale is closed: ask the administrator.",
            fr: "Le décompte de cette vente est clôturé : adressez-vous à l'administrateur."),
        .ticketSaleNotCancelled: Translated(
            nl: "Deze ticketverkoop is niet geannuleerd.",
            en: "This ticket sale was not cancelled.",
            fr: "Cette vente de ticket n'est pas annulée."),
        .ticketSaleKeyNotFitting: Translated(
            nl: "Deze verdeelsleutel kon niet gelden voor dit ticket.",
            en: "This distribution key could not have held for this ticket.",
            fr: "Cette clé de répartition ne pouvait pas valoir pour ce ticket."),
        .ticketSaleSharesUnchanged: Translated(
            nl: "Deze ticketverkoop is al zo verdeeld.",
            en: "This ticket sale is shared like that already.",
            fr: "Cette vente de ticket est déjà répartie ainsi."),
        .ticketSaleNotCorrected: Translated(
            nl: "Deze ticketverkoop werd niet gecorrigeerd.",
            en: "This ticket sale was not corrected.",
            fr: "Cette vente de ticket n'a pas été corrigée."),
        .ticketSaleTooManyTickets: Translated(
            nl: "Zoveel tickets van dit tarief kunnen niet samen.",
            en: "So many tickets of this tariff cannot be taken at once.",
            fr: "Autant de tickets à ce tarif ne sont pas possibles en une fois."),
        .ticketSalePriceChanged: Translated(
            nl: "Dit tarief geeft nu een andere prijs.",
            en: "This tariff gives another price now.",
            fr: "Ce tarif donne maintenant un autre prix."),
        .couponNotGranted: Translated(
            nl: "Deze kortingsbon is niet voor deze pas of niet voor dit ticket.",
            en: "This coupon is not for this pass, or not for this ticket.",
            fr: "Ce bon n'est pas pour ce pass ou pas pour ce ticket."),
        .couponNotValidNow: Translated(
            nl: "Deze kortingsbon is nu niet geldig.",
            en: "This coupon is not valid now.",
            fr: "Ce bon n'est pas valable maintenant."),
        .couponSpent: Translated(
            nl: "Het budget van deze kortingsbon is op.",
            en: "The budget of this coupon is spent.",
            fr: "Le budget de ce bon est épuisé."),
    ]
}
