extension RefusalText {
    /// Advantages and what was taken of them.
    static let advantages: [RefusalKind: Translated] = [
        .advantageNotFound: Translated(
            nl: "Dit voordeel bestaat niet.",
            en: "There is no such advantage.",
            fr: "Cet avantage n'existe pas."),
        .advantageNotActive: Translated(
            nl: "Dit voordeel is nu niet actief.",
            en: "This advantage is not active now.",
            fr: "Cet avantage n'est pas actif actuellement."),
        .advantageNotAtCounter: Translated(
            nl: "Dit voordeel kan je niet aan deze balie opnemen.",
            en: "This advantage cannot be taken at this counter.",
            fr: "Cet avantage ne peut pas être obtenu à ce guichet."),
        .advantageNotOnline: Translated(
            nl: "Dit is geen online voordeel.",
            en: "This is no online advantage.",
            fr: "Cet avantage n'est pas en ligne."),
        .advantageOutsideExchangePeriod: Translated(
            nl: "Dit voordeel kan je nu niet opnemen: het is niet de periode ervoor.",
            en: "This advantage cannot be taken now: it is not the period for it.",
            fr: "Cet avantage ne peut pas être obtenu maintenant : ce n'est pas la période."),
        .advantageSoldOut: Translated(
            nl: "Dit voordeel is op.",
            en: "This advantage is sold out.",
            fr: "Cet avantage est épuisé."),
        .advantageCodesUsedUp: Translated(
            nl: "Er zijn geen codes meer voor dit voordeel.",
            en: "There are no codes left for this advantage.",
            fr: "Il n'y a plus de codes pour cet avantage."),
        .advantageAlreadyTaken: Translated(
            nl: "Dit welkomstvoordeel is al opgenomen.",
            en: "This welcome advantage was taken already.",
            fr: "Cet avantage de bienvenue a déjà été obtenu."),
        .advantageNotGranted: Translated(
            nl: "Dit welkomstvoordeel is niet voor deze pashouder: die werd niet in de juiste periode lid.",
            en: "This welcome advantage is not for this pass holder, who did not become a member in its period.",
            fr: "Cet avantage de bienvenue n'est pas pour ce titulaire, devenu membre hors période."),
        .advantageOtherCardSystem: Translated(
            nl: "Dit voordeel is voor leden van een ander kaartsysteem.",
            en: "This advantage is for members of another card system.",
            fr: "Cet avantage est destiné aux membres d'un autre système de cartes."),
        .advantageResidentsOnly: Translated(
            nl: "Dit voordeel is alleen voor inwoners van bepaalde gemeenten.",
            en: "This advantage is for residents of certain municipalities only.",
            fr: "Cet avantage est réservé aux habitants de certaines communes."),
        .advantageFrozen: Translated(
            nl: "Dit is al gebruikt en kan niet meer veranderen.",
            en: "This was used already and can no longer change.",
            fr: "Ceci a déjà servi et ne peut plus être modifié."),
        .advantageUnitsBelowTaken: Translated(
            nl: "Er zijn er al meer opgenomen.",
            en: "More were taken already.",
            fr: "Il en a déjà été obtenu davantage."),
        .advantageCodeNotFound: Translated(
            nl: "Deze code bestaat niet.",
            en: "There is no such code.",
            fr: "Ce code n'existe pas."),
        .advantageCodeNotFree: Translated(
            nl: "Deze code is al gebruikt of ongeldig gemaakt.",
            en: "This code was used or made void already.",
            fr: "Ce code a déjà été utilisé ou annulé."),
        .redemptionNotFound: Translated(
            nl: "Deze opname bestaat niet.",
            en: "There is no such redemption.",
            fr: "Cette obtention n'existe pas."),
        .redemptionAlreadyCancelled: Translated(
            nl: "Deze opname is al geannuleerd.",
            en: "This redemption was cancelled already.",
            fr: "Cette obtention a déjà été annulée."),
        .redemptionNotCancelled: Translated(
            nl: "Deze opname is niet geannuleerd.",
            en: "This redemption was not cancelled.",
            fr: "Cette obtention n'a pas été annulée."),
    ]
}
