extension RefusalText {
    /// Cards, memberships and what a pass costs.
    static let cards: [RefusalKind: Translated] = [
        .cardNotFound: Translated(
            nl: "Deze kaart is niet gekend.",
            en: "This card is not known.",
            fr: "Cette carte n'est pas connue."),
        .cardBlocked: Translated(
            nl: "Deze kaart is geblokkeerd.",
            en: "This card is blocked.",
            fr: "Cette carte est bloquée."),
        .cardNotActive: Translated(
            nl: "Deze kaart is niet actief.",
            en: "This card is not active.",
            fr: "Cette carte n'est pas active."),
        .cardNotInStock: Translated(
            nl: "Deze kaart ligt niet in de voorraad van een balie.",
            en: "This card is not in a counter's local stock.",
            fr: "Cette carte n'est pas dans le stock d'un guichet."),
        .cardNotAtCounter: Translated(
            nl: "Deze kaart ligt niet in de voorraad van deze balie.",
            en: "This card is not in this counter's stock.",
            fr: "Cette carte n'est pas dans le stock de ce guichet."),
        .cardOtherCardSystem: Translated(
            nl: "Deze kaart hoort bij een ander kaartsysteem.",
            en: "This card belongs to another card system.",
            fr: "Cette carte appartient à un autre système de cartes."),
        .cardGroupPass: Translated(
            nl: "Met een groepspas kan je geen punten sparen.",
            en: "A group pass saves no points.",
            fr: "Un pass de groupe n'épargne pas de points."),
        .cardNumberTaken: Translated(
            nl: "Er is al een kaart met dit nummer.",
            en: "There is a card with this number already.",
            fr: "Une carte porte déjà ce numéro."),
        .cardChipTaken: Translated(
            nl: "Er is al een kaart met deze chip.",
            en: "There is a card with this chip already.",
            fr: "Une carte a déjà cette puce."),
        .cardStatusMismatch: Translated(
            nl: "Een gewone kaart past niet bij een kansenstatuut.",
            en: "An ordinary card does not go with an opportunity status.",
            fr: "Une carte ordinaire ne convient pas à un statut à tarif réduit."),
        .cardNotBlocked: Translated(
            nl: "Deze kaart is niet geblokkeerd.",
            en: "This card is not blocked.",
            fr: "Cette carte n'est pas bloquée."),
        .cardWrongStatus: Translated(
            nl: "De kaart heeft niet de status die hiervoor nodig is.",
            en: "The card does not have the status that this needs.",
            fr: "La carte n'a pas le statut requis."),
        .stockBatchNotFound: Translated(
            nl: "Deze levering bestaat niet.",
            en: "There is no such batch of cards.",
            fr: "Cette livraison n'existe pas."),
        .membershipNoneActive: Translated(
            nl: "Deze pashouder heeft geen actief lidmaatschap.",
            en: "This pass holder has no active membership.",
            fr: "Ce titulaire n'a pas d'affiliation active."),
        .cardReplaced: Translated(
            nl: "De pashouder heeft intussen een andere kaart.",
            en: "The pass holder has another card by now.",
            fr: "Le titulaire a une autre carte entre-temps."),
        .membershipNotFound: Translated(
            nl: "De pashouder is geen lid van dit kaartsysteem.",
            en: "The pass holder is not a member of this card system.",
            fr: "Le titulaire n'est pas membre de ce système de cartes."),
        .membershipExists: Translated(
            nl: "De pashouder heeft dit lidmaatschap al.",
            en: "The pass holder has this membership already.",
            fr: "Le titulaire a déjà cette affiliation."),
        .membershipCardNeeded: Translated(
            nl: "Hiervoor is een nieuwe kaart nodig.",
            en: "This needs a new card.",
            fr: "Il faut une nouvelle carte."),
        .priceUnknown: Translated(
            nl: "Voor deze pas staat geen prijs in de prijslijst.",
            en: "The price list has no price for this pass.",
            fr: "La liste de prix ne contient pas de prix pour ce pass."),
        .priceChanged: Translated(
            nl: "De prijs van de pas is intussen anders.",
            en: "The price of the pass is another one by now.",
            fr: "Le prix du pass a changé entre-temps."),
        .priceRowOverlaps: Translated(
            nl: "Twee rijen van de prijslijst gelden voor dezelfde pas.",
            en: "Two rows of the price list are for the same pass.",
            fr: "Deux lignes de la liste de prix valent pour le même pass."),
        .passVoucherTypeNotFound: Translated(
            nl: "Deze soort bon bestaat niet.",
            en: "There is no such type of voucher.",
            fr: "Ce type de bon n'existe pas."),
        .passVoucherTypeNameTaken: Translated(
            nl: "Er is al een soort bon met deze naam.",
            en: "There is a type of voucher with this name already.",
            fr: "Un type de bon porte déjà ce nom."),
        .passVoucherTypePrefixTaken: Translated(
            nl: "Er is al een soort bon met dit voorvoegsel.",
            en: "There is a type of voucher with this prefix already.",
            fr: "Un type de bon a déjà ce préfixe."),
        .passVoucherNotFound: Translated(
            nl: "Deze bon bestaat niet.",
            en: "There is no such voucher.",
            fr: "Ce bon n'existe pas."),
        .passVoucherUnknown: Translated(
            nl: "Er is geen bon met deze code.",
            en: "There is no voucher with this code.",
            fr: "Aucun bon n'a ce code."),
        .passVoucherUsed: Translated(
            nl: "Deze bon is al gebruikt.",
            en: "This voucher has been used already.",
            fr: "Ce bon a déjà été utilisé."),
        .passVoucherVoid: Translated(
            nl: "Deze bon is ongeldig gemaakt.",
            en: "This voucher was made void.",
            fr: "Ce bon a été annulé."),
        .passVoucherNotValidNow: Translated(
            nl: "Deze bon is vandaag niet geldig.",
            en: "This voucher does not count today.",
            fr: "Ce bon n'est pas valable aujourd'hui."),
        .passVoucherOtherCardSystem: Translated(
            nl: "Deze bon is van een ander kaartsysteem.",
            en: "This voucher is another card system's.",
            fr: "Ce bon est d'un autre système de cartes."),
        .passVoucherOtherMunicipality: Translated(
            nl: "Deze bon is voor inwoners van een andere gemeente.",
            en: "This voucher is for residents of another municipality.",
            fr: "Ce bon est destiné aux habitants d'une autre commune."),
        .passVoucherNotApplicable: Translated(
            nl: "Deze bon maakt deze pas niet goedkoper.",
            en: "This voucher does not lower the price of this pass.",
            fr: "Ce bon ne réduit pas le prix de ce pass."),
    ]
}
