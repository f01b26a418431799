extension RefusalText {
    /// Events, check-ins and pillars.
    static let events: [RefusalKind: Translated] = [
        .pillarNotFound: Translated(
            nl: "Deze zuil bestaat niet.",
            en: "There is no such pillar.",
            fr: "Cette borne n'existe pas."),
        .eventNotFound: Translated(
            nl: "Dit evenement is niet gekend.",
            en: "This event is not known.",
            fr: "Cet événement n'est pas connu."),
        .organizerNotFound: Translated(
            nl: "Deze organisator is niet gekend.",
            en: "This organizer is not known.",
            fr: "Cet organisateur n'est pas connu."),
        .checkInNotFound: Translated(
            nl: "Deze check-in bestaat niet.",
            en: "There is no such check-in.",
            fr: "Cet enregistrement n'existe pas."),
        .documentInvalid: Translated(
            nl: "Het document is niet goed.",
            en: "The document is not well formed.",
            fr: "Le document n'est pas correct."),
        .eventNotPublished: Translated(
            nl: "Dit evenement is niet gepubliceerd.",
            en: "This event is not published.",
            fr: "Cet événement n'est pas publié."),
        .eventUnavailable: Translated(
            nl: "Dit evenement is geannuleerd of uitgesteld.",
            en: "This event is cancelled or postponed.",
            fr: "Cet événement est annulé ou reporté."),
        .eventNotImportable: Translated(
            nl: "Je mag dit document niet invoeren.",
            en: "You may not import this document.",
            fr: "Vous ne pouvez pas importer ce document."),
        .eventOrganizerFixed: Translated(
            nl: "Een evenement met check-ins of verkochte tickets verhuist niet naar een andere organisator.",
            en: "An event with check-ins or tickets sold never moves to another organizer.",
            fr: "Un événement avec des enregistrements ou des tickets vendus ne change pas d'organisateur."),
        .pillarEventNotAcceptable: Translated(
            nl: "Deze zuil kan dit evenement niet tonen.",
            en: "This pillar cannot show this event.",
            fr: "Cette borne ne peut pas afficher cet événement."),
        .pillarNoFixedEvent: Translated(
            nl: "Deze zuil heeft geen vast evenement.",
            en: "This pillar has no fixed event.",
            fr: "Cette borne n'a pas d'événement fixe."),
        .pillarNoEvent: Translated(
            nl: "Er is nu geen evenement aan deze zuil.",
            en: "There is no event at this pillar now.",
            fr: "Il n'y a pas d'événement à cette borne pour le moment."),
        .pillarAlreadyConfigured: Translated(
            nl: "Deze zuil is al ingesteld.",
            en: "This pillar is configured already.",
            fr: "Cette borne est déjà configurée."),
        .pillarNameTaken: Translated(
            nl: "Er is al een zuil met deze naam.",
            en: "There is a pillar with this name already.",
            fr: "Une borne porte déjà ce nom."),
        .pillarSetUpRefused: Translated(
            nl: "De instelcode klopt niet of is niet meer geldig.",
            en: "The set-up code is wrong or no longer valid.",
            fr: "Le code d'installation est faux ou n'est plus valable."),
        .pillarDeviceInUse: Translated(
            nl: "Dit toestel staat al ingesteld voor een andere zuil.",
            en: "This device is set up for another pillar already.",
            fr: "Cet appareil est déjà installé pour une autre borne."),
        .checkInOutsideOpening: Translated(
            nl: "Inchecken kan nu niet bij dit evenement.",
            en: "This event takes no check-ins now.",
            fr: "Cet événement n'accepte pas d'enregistrement pour le moment."),
        .checkInAlreadyCancelled: Translated(
            nl: "Deze check-in is al geannuleerd.",
            en: "This check-in has been cancelled already.",
            fr: "Cet enregistrement est déjà annulé."),
        .checkInNotCancelled: Translated(
            nl: "Deze check-in is niet geannuleerd.",
            en: "This check-in is not cancelled.",
            fr: "Cet enregistrement n'est pas annulé."),
        .checkInPointsUnchanged: Translated(
            nl: "Deze check-in gaf al zoveel punten.",
            en: "This check-in gave that many points already.",
            fr: "Cet enregistrement a déjà donné ce nombre de points."),
        .eventNoFutureOpening: Translated(
            nl: "Dit evenement heeft geen openingen meer.",
            en: "This event has no openings any more.",
            fr: "Cet événement n'a plus d'ouvertures."),
        .limitReached: Translated(
            nl: "De limiet is bereikt.",
            en: "The limit is reached.",
            fr: "La limite est atteinte."),
        .pointsAlreadySpent: Translated(
            nl: "De punten zijn al uitgegeven.",
            en: "The points have been spent already.",
            fr: "Les points sont déjà dépensés."),
        .ledgerInsufficient: Translated(
            nl: "Er is niet genoeg saldo.",
            en: "The balance is not enough.",
            fr: "Le solde est insuffisant."),
        .holdEnded: Translated(
            nl: "Deze reservatie is al afgelopen.",
            en: "This hold has ended already.",
            fr: "Cette réservation est déjà terminée."),
        .transferAlreadyReversed: Translated(
            nl: "Deze boeking is al teruggedraaid.",
            en: "This transfer has been reversed already.",
            fr: "Cette écriture est déjà annulée."),
        .eventHasTicketSales: Translated(
            nl: "Voor dit evenement zijn al tickets verkocht.",
            en: "Tickets for this event have been sold already.",
            fr: "Des tickets ont déjà été vendus pour cet événement."),
        .eventFree: Translated(
            nl: "Deze activiteit is gratis: er is geen ticket met korting.",
            en: "This event is free: there is no reduced ticket.",
            fr: "Cette activité est gratuite : il n'y a pas de ticket à prix réduit."),
        .priceClassUnknown: Translated(
            nl: "Deze activiteit heeft geen prijs met die naam.",
            en: "This event has no price of that name.",
            fr: "Cette activité n'a pas de prix de ce nom."),
        .pointsHeld: Translated(
            nl: "Er zijn punten gereserveerd voor iets dat nog loopt.",
            en: "Points are kept free for something that is under way.",
            fr: "Des points sont réservés pour une opération en cours."),
        .checkInCodeInvalid: Translated(
            nl: "Deze code hoort bij geen enkel evenement.",
            en: "No event has this code.",
            fr: "Ce code n'est celui d'aucun événement."),
        .checkInCodeExpired: Translated(
            nl: "Deze code is vervallen: het evenement is voorbij.",
            en: "This code has expired: the event is over.",
            fr: "Ce code a expiré : l'événement est terminé."),
        .pointsInsufficient: Translated(
            nl: "Er zijn niet genoeg punten.",
            en: "There are not enough points.",
            fr: "Il n'y a pas assez de points."),
    ]
}
