extension RefusalText {
    /// Pass holders, their families and groups.
    static let people: [RefusalKind: Translated] = [
        .passHolderNotFound: Translated(
            nl: "Deze pashouder bestaat niet.",
            en: "There is no such pass holder.",
            fr: "Ce titulaire n'existe pas."),
        .registrationOpportunityNotAllowed: Translated(
            nl: "Deze balie mag geen kansenstatuut toekennen.",
            en: "This counter may not grant the opportunity status.",
            fr: "Ce guichet ne peut pas accorder le statut à tarif réduit."),
        .registrationOtherMunicipality: Translated(
            nl: "Deze balie mag geen kansenstatuut toekennen aan inwoners van een andere gemeente.",
            en: "This counter may not grant the opportunity status to residents of another municipality.",
            fr: "Ce guichet ne peut pas accorder le statut aux habitants d'une autre commune."),
        .registrationForeignNotAllowed: Translated(
            nl: "Deze balie mag niemand uit het buitenland registreren.",
            en: "This counter may not register people from abroad.",
            fr: "Ce guichet ne peut pas inscrire des personnes de l'étranger."),
        .registrationInszRequired: Translated(
            nl: "Deze balie moet een rijksregisternummer opgeven.",
            en: "This counter must give a national register number.",
            fr: "Ce guichet doit indiquer un numéro de registre national."),
        .passHolderBlocked: Translated(
            nl: "Deze pashouder is geblokkeerd.",
            en: "This pass holder is blocked.",
            fr: "Ce titulaire est bloqué."),
        .passHolderNotBlocked: Translated(
            nl: "Deze pashouder is niet geblokkeerd.",
            en: "This pass holder is not blocked.",
            fr: "Ce titulaire n'est pas bloqué."),
        .inszTaken: Translated(
            nl: "Er is al een pashouder met dit rijksregisternummer.",
            en: "There is a pass holder with this national register number already.",
            fr: "Un titulaire a déjà ce numéro de registre national."),
        .inszMismatch: Translated(
            nl: "Het rijksregisternummer past niet bij geboortedatum of geslacht.",
            en: "The national register number does not fit the birth date or gender.",
            fr: "Le numéro de registre national ne correspond pas à la date de naissance ou au sexe."),
        .consentMissing: Translated(
            nl: "Onder de zestien is toestemming van een ouder nodig.",
            en: "Under sixteen a parent must consent.",
            fr: "En dessous de seize ans, l'accord d'un parent est nécessaire."),
        .termsMissing: Translated(
            nl: "De voorwaarden moeten op papier of digitaal aanvaard zijn.",
            en: "The terms must have been accepted on paper or digitally.",
            fr: "Les conditions doivent être acceptées sur papier ou en ligne."),
        .optInImpossible: Translated(
            nl: "Deze keuze kan niet zonder e-mailadres of gsm-nummer, of onder de zestien.",
            en: "This opt-in needs an e-mail address or mobile number, and an age of sixteen.",
            fr: "Ce choix demande une adresse e-mail ou un numéro de gsm, et seize ans."),
        .birthDateInFuture: Translated(
            nl: "De geboortedatum ligt in de toekomst.",
            en: "The birth date lies in the future.",
            fr: "La date de naissance est dans le futur."),
        .inszKnown: Translated(
            nl: "Het rijksregisternummer van deze pashouder is al gekend.",
            en: "The national register number of this pass holder is known already.",
            fr: "Le numéro de registre national de ce titulaire est déjà connu."),
        .addressOutsideRegion: Translated(
            nl: "Deze pashouder heeft een geldig kansenstatuut en kan niet zomaar naar een andere regio verhuizen.",
            en: "This pass holder has a valid opportunity status and cannot simply move out of its region.",
            fr: "Ce titulaire a un statut à tarif réduit valable et ne peut pas simplement quitter la région."),
        .cityNotOfPostalCode: Translated(
            nl: "Deze gemeente heeft een andere postcode.",
            en: "This city has another postal code.",
            fr: "Cette commune a un autre code postal."),
        .likelyDuplicate: Translated(
            nl: "Er is al een pashouder met dezelfde geboortedatum en een gelijkaardige naam.",
            en: "There is a pass holder with the same birth date and a similar name already.",
            fr: "Il existe déjà un titulaire avec la même date de naissance et un nom semblable."),
        .pictureNotFound: Translated(
            nl: "Deze pashouder heeft geen foto.",
            en: "This pass holder has no picture.",
            fr: "Ce titulaire n'a pas de photo."),
        .groupPassNotFound: Translated(
            nl: "Deze groepspas bestaat niet.",
            en: "There is no such group pass.",
            fr: "Ce pass de groupe n'existe pas."),
        .groupPassDelegateNotFound: Translated(
            nl: "Deze gids of balie gebruikt de groepspas niet.",
            en: "This guide or counter does not use the group pass.",
            fr: "Ce guide ou ce guichet n'utilise pas le pass de groupe."),
        .groupPassDelegateExists: Translated(
            nl: "Deze gids of balie gebruikt de groepspas al.",
            en: "This guide or counter uses the group pass already.",
            fr: "Ce guide ou ce guichet utilise déjà le pass de groupe."),
        .groupPassAllowanceTooSmall: Translated(
            nl: "De groep heeft dit jaar niet genoeg tickets over.",
            en: "The group does not have enough tickets left this year.",
            fr: "Le groupe n'a plus assez de tickets cette année."),
        .endDateTooEarly: Translated(
            nl: "Deze einddatum is te vroeg.",
            en: "This end date is too early.",
            fr: "Cette date de fin est trop tôt."),
        .familyMemberNotFound: Translated(
            nl: "Deze persoon hoort niet bij het gezin.",
            en: "This person is not in the family.",
            fr: "Cette personne ne fait pas partie de la famille."),
        .familyMemberExists: Translated(
            nl: "Deze persoon hoort al bij het gezin.",
            en: "This person is in the family already.",
            fr: "Cette personne fait déjà partie de la famille."),
        .familyTooManyMembers: Translated(
            nl: "Het gezin is voltallig.",
            en: "The family cannot have more members.",
            fr: "La famille est au complet."),
        .familyTooManyAdults: Translated(
            nl: "Het gezin kan niet meer volwassenen tellen.",
            en: "The family cannot have more adults.",
            fr: "La famille ne peut compter plus d'adultes."),
        .familyMainMemberFixed: Translated(
            nl: "Het hoofd van een gezin kan niet verwijderd worden.",
            en: "The main member of a family cannot be removed.",
            fr: "Le membre principal d'une famille ne peut être retiré."),
        .associationNotFound: Translated(
            nl: "Deze vereniging bestaat niet.",
            en: "There is no such association.",
            fr: "Cette association n'existe pas."),
        .associationMembershipNotFound: Translated(
            nl: "Deze pashouder is geen lid van de vereniging.",
            en: "This pass holder is not a member of the association.",
            fr: "Ce titulaire n'est pas membre de l'association."),
        .associationNameTaken: Translated(
            nl: "Er is al een vereniging met deze naam.",
            en: "There is an association with this name already.",
            fr: "Une association porte déjà ce nom."),
        .associationCardSystemMismatch: Translated(
            nl: "Deze pashouder is geen lid van het kaartsysteem van de vereniging.",
            en: "This pass holder is not a member of the association's card system.",
            fr: "Ce titulaire n'est pas membre du système de cartes de l'association."),
        .associationTooOld: Translated(
            nl: "Deze pashouder is te oud voor de vereniging.",
            en: "This pass holder is too old for the association.",
            fr: "Ce titulaire est trop âgé pour l'association."),
        .associationRenewNotPossible: Translated(
            nl: "Dit lidmaatschap kan nu niet verlengd worden.",
            en: "This membership cannot be renewed now.",
            fr: "Cette affiliation ne peut être renouvelée maintenant."),
        .schoolNotFound: Translated(
            nl: "Deze school bestaat niet.",
            en: "There is no such school.",
            fr: "Cette école n'existe pas."),
        .opportunityNone: Translated(
            nl: "Deze pashouder heeft hier geen kansenstatuut.",
            en: "This pass holder has no opportunity status here.",
            fr: "Ce titulaire n'a pas de statut à tarif réduit ici."),
        .opportunityDatePassed: Translated(
            nl: "Deze dag is al voorbij.",
            en: "This day has passed.",
            fr: "Ce jour est passé."),
        .opportunityEndsLater: Translated(
            nl: "Het kansenstatuut loopt al langer: een verlenging kort het niet in.",
            en: "The opportunity status ends later already: an extension never shortens it.",
            fr: "Le statut se termine déjà plus tard : une prolongation ne le raccourcit pas."),
        .opportunityEndsEarlier: Translated(
            nl: "Het kansenstatuut eindigt niet na deze dag.",
            en: "The opportunity status does not end after this day.",
            fr: "Le statut à tarif réduit ne se termine pas après ce jour."),
        .opportunityNotSuspended: Translated(
            nl: "Het kansenstatuut is niet geschorst.",
            en: "The opportunity status is not suspended.",
            fr: "Le statut à tarif réduit n'est pas suspendu."),
        .opportunityExpired: Translated(
            nl: "Het kansenstatuut is verlopen.",
            en: "The opportunity status has ended.",
            fr: "Le statut à tarif réduit a pris fin."),
        .opportunitySuspended: Translated(
            nl: "Het kansenstatuut is geschorst.",
            en: "The opportunity status is suspended.",
            fr: "Le statut à tarif réduit est suspendu."),
        .mergeNotFound: Translated(
            nl: "Deze samenvoeging bestaat niet.", en: "There is no such merge.", fr: "Cette fusion n'existe pas."),
        .mergeSamePerson: Translated(
            nl: "Dit is tweemaal hetzelfde dossier.", en: "This is the same record twice.",
            fr: "Il s'agit deux fois du même dossier."),
        .mergeInszDiffer: Translated(
            nl: "Beide dossiers hebben een eigen rijksregisternummer: het zijn twee personen.",
            en: "Both records have a national register number of their own: they are two people.",
            fr: "Les deux dossiers ont chacun un numéro de registre national : ce sont deux personnes."),
        .mergeAlreadyUndone: Translated(
            nl: "Deze samenvoeging is al ongedaan gemaakt.", en: "This merge was undone already.",
            fr: "Cette fusion a déjà été annulée."),
        .mergeChangedSince: Translated(
            nl: "Wat samengevoegd is, is intussen gewijzigd.", en: "What was merged has been changed since.",
            fr: "Ce qui a été fusionné a été modifié depuis."),
        .registrationOnlineNotAllowed: Translated(
            nl: "Online registreren kan hier niet.",
            en: "Online registration is not offered here.",
            fr: "L'inscription en ligne n'est pas proposée ici."),
        .registrationUnderage: Translated(
            nl: "Zelf registreren kan vanaf zestien jaar.",
            en: "Registering oneself is possible from the age of sixteen.",
            fr: "On peut s'inscrire soi-même à partir de seize ans."),
        .emailAlreadyUsed: Translated(
            nl: "Een andere pashouder gebruikt dit e-mailadres al.",
            en: "Another pass holder uses this e-mail address already.",
            fr: "Un autre titulaire de carte utilise déjà cette adresse e-mail."),
        .identityInvalid: Translated(
            nl: "Dit identiteitsbewijs wordt niet aanvaard.",
            en: "This proof of identity is not accepted.",
            fr: "Cette preuve d'identité n'est pas acceptée."),
        .identityInszRequired: Translated(
            nl: "In dit identiteitsbewijs staat geen rijksregisternummer.",
            en: "This proof of identity has no national register number.",
            fr: "Cette preuve d'identité ne contient pas de numéro de registre national."),
        .orderNotFound: Translated(
            nl: "Deze bestelling is niet gevonden.",
            en: "There is no such order.",
            fr: "Cette commande n'existe pas."),
        .orderNotPending: Translated(
            nl: "Deze bestelling wacht niet op een betaling.",
            en: "This order does not wait for a payment.",
            fr: "Cette commande n'attend pas de paiement."),
        .orderPaymentNotSetUp: Translated(
            nl: "Online betalen kan hier nog niet.",
            en: "Nothing can be paid online here yet.",
            fr: "Le paiement en ligne n'est pas encore possible ici."),
        .orderPersonTwice: Translated(
            nl: "Dezelfde persoon staat twee keer in de bestelling.",
            en: "The same person is in the order twice.",
            fr: "La même personne figure deux fois dans la commande."),
        .paymentTooSmall: Translated(
            nl: "Er is te weinig betaald.",
            en: "Too little was paid.",
            fr: "Le montant payé est insuffisant."),
        .paymentTooLarge: Translated(
            nl: "Er is te veel betaald.",
            en: "Too much was paid.",
            fr: "Le montant payé est trop élevé."),
        .paymentInFuture: Translated(
            nl: "De betaaldatum ligt in de toekomst.",
            en: "The day of payment lies in the future.",
            fr: "La date de paiement est dans le futur."),
        .passHolderAlreadyRegistered: Translated(
            nl: "Deze pashouder heeft al een login.",
            en: "This pass holder has a login already.",
            fr: "Ce titulaire de carte a déjà un compte."),
        .passHolderNoLogin: Translated(
            nl: "Deze pashouder heeft geen login.",
            en: "This pass holder has no login.",
            fr: "Ce titulaire de carte n'a pas de compte."),
        .birthDateProofWrong: Translated(
            nl: "Kaartnummer en geboortedatum horen niet bij elkaar. Na vijf pogingen kan het morgen opnieuw.",
            en: "Card number and date of birth do not belong together. After five attempts, try again tomorrow.",
            fr:
                "Numéro de carte et date de naissance ne correspondent pas. Après cinq essais, revenez demain."
        ),
    ]
}
