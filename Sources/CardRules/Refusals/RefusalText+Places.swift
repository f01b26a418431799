extension RefusalText {
    /// Card systems, counters, and who works there.
    static let counters: [RefusalKind: Translated] = [
        .cardSystemNotFound: Translated(
            nl: "Dit kaartsysteem bestaat niet.",
            en: "There is no such card system.",
            fr: "Ce système de cartes n'existe pas."),
        .municipalityNotFound: Translated(
            nl: "Deze gemeente hoort niet bij het kaartsysteem.",
            en: "This municipality does not belong to the card system.",
            fr: "Cette commune ne fait pas partie du système de cartes."),
        .permissionGroupNotFound: Translated(
            nl: "Deze permissiegroep bestaat niet.",
            en: "There is no such permission group.",
            fr: "Ce groupe de permissions n'existe pas."),
        .counterNotFound: Translated(
            nl: "Deze balie bestaat niet.",
            en: "There is no such counter.",
            fr: "Ce guichet n'existe pas."),
        .accountNotFound: Translated(
            nl: "Er is geen account met dit adres.",
            en: "There is no account with this address.",
            fr: "Aucun compte avec cette adresse."),
        .memberNotFound: Translated(
            nl: "Deze persoon werkt niet aan deze balie.",
            en: "This person is not a member of this counter.",
            fr: "Cette personne ne travaille pas à ce guichet."),
        .roleNotFound: Translated(
            nl: "Dit account heeft deze rol niet.",
            en: "The account does not have this role.",
            fr: "Le compte n'a pas ce rôle."),
        .permissionNotHeld: Translated(
            nl: "Deze balie mag dit niet in dit kaartsysteem.",
            en: "This counter may not do this in this card system.",
            fr: "Ce guichet ne peut pas faire cela dans ce système de cartes."),
        .counterAlreadyActive: Translated(
            nl: "Deze balie is al actief.",
            en: "This counter is active already.",
            fr: "Ce guichet est déjà actif."),
        .counterLastAdmin: Translated(
            nl: "De laatste beheerder van een balie kan alleen door de kaartsysteembeheerder verwijderd worden.",
            en: "The last admin of a counter is removed by an administrator only.",
            fr: "Le dernier gestionnaire d'un guichet ne peut être retiré que par un administrateur."),
        .counterMemberExists: Translated(
            nl: "Deze persoon werkt al aan deze balie.",
            en: "This person is a member of this counter already.",
            fr: "Cette personne travaille déjà à ce guichet."),
        .counterKeyTaken: Translated(
            nl: "Deze sleutel is al van een andere balie.",
            en: "Another counter has this key already.",
            fr: "Un autre guichet a déjà cette clé."),
        .counterNameTaken: Translated(
            nl: "Er is al een balie met deze naam.",
            en: "There is a counter with this name already.",
            fr: "Un guichet porte déjà ce nom."),
        .counterNotInCardSystem: Translated(
            nl: "Deze balie werkt niet in dit kaartsysteem.",
            en: "This counter does not work in this card system.",
            fr: "Ce guichet ne travaille pas dans ce système de cartes."),
        .counterSecondPersonNeeded: Translated(
            nl: "Een tweede persoon moet dit rekeningnummer bevestigen.",
            en: "A second person must confirm this account number.",
            fr: "Une deuxième personne doit confirmer ce numéro de compte."),
        .counterNoIBANProposed: Translated(
            nl: "Dit rekeningnummer is niet voorgesteld voor deze balie.",
            en: "This account number was not proposed for this counter.",
            fr: "Ce numéro de compte n'a pas été proposé pour ce guichet."),
        .cardSystemNameTaken: Translated(
            nl: "Er is al een kaartsysteem met deze naam.",
            en: "There is a card system with this name already.",
            fr: "Un système de cartes porte déjà ce nom."),
        .municipalityTaken: Translated(
            nl: "Deze gemeente hoort al bij het kaartsysteem.",
            en: "This municipality belongs to the card system already.",
            fr: "Cette commune fait déjà partie du système de cartes."),
        .postalCodeNotInCardSystem: Translated(
            nl: "Deze postcode hoort niet bij het kaartsysteem.",
            en: "This postal code does not belong to the card system.",
            fr: "Ce code postal ne fait pas partie du système de cartes."),
        .postalCodeRequired: Translated(
            nl: "Een postcode is nodig om op afstand te sorteren.",
            en: "A postal code is needed to sort by distance.",
            fr: "Un code postal est nécessaire pour trier par distance."),
        .postalCodeUnknown: Translated(
            nl: "Deze postcode is hier niet gekend.",
            en: "This postal code is not known here.",
            fr: "Ce code postal n'est pas connu ici."),
        .permissionGroupNameTaken: Translated(
            nl: "Er is al een permissiegroep met deze naam.",
            en: "There is a permission group with this name already.",
            fr: "Un groupe de permissions porte déjà ce nom."),
        .permissionGroupInUse: Translated(
            nl: "Deze permissiegroep is nog in gebruik.",
            en: "This permission group is still in use.",
            fr: "Ce groupe de permissions est encore utilisé."),
        .accountEmailTaken: Translated(
            nl: "Er is al een account met dit e-mailadres.",
            en: "There is an account with this e-mail address already.",
            fr: "Un compte existe déjà avec cette adresse e-mail."),
        .credentialsWrong: Translated(
            nl: "Aanmelden lukt niet met dit e-mailadres en wachtwoord.",
            en: "This e-mail address and password do not let you in.",
            fr: "Cette adresse e-mail et ce mot de passe ne permettent pas de se connecter."),
        .tokenInvalid: Translated(
            nl: "De code klopt niet of is niet meer geldig.",
            en: "The token is wrong or no longer valid.",
            fr: "Le code est faux ou n'est plus valable."),
        .accountNotLocked: Translated(
            nl: "Dit account is niet vergrendeld.",
            en: "This account is not locked.",
            fr: "Ce compte n'est pas verrouillé."),
        .roleAlreadyHeld: Translated(
            nl: "Dit account heeft deze rol al.",
            en: "The account has this role already.",
            fr: "Le compte a déjà ce rôle."),
        .roleLastOperator: Translated(
            nl: "De laatste operator kan niet verwijderd worden.",
            en: "The last operator cannot be removed.",
            fr: "Le dernier opérateur ne peut pas être retiré."),
        .postalCodeTaken: Translated(
            nl: "Deze postcode hoort al bij een gemeente van het kaartsysteem.",
            en: "This postal code belongs to a municipality of the card system already.",
            fr: "Ce code postal appartient déjà à une commune du système de cartes."),
        .cardSystemNotOfOrganizer: Translated(
            nl: "De organisator werkt niet in dit kaartsysteem.",
            en: "The organizer does not work in this card system.",
            fr: "L'organisateur ne travaille pas dans ce système de cartes."),
        .clockBackwards: Translated(
            nl: "De klok gaat alleen vooruit.",
            en: "The clock only moves forward.",
            fr: "L'horloge ne va que vers l'avant."),
        .clockReal: Translated(
            nl: "De tijd is hier niet gesimuleerd.",
            en: "Time is not simulated here.",
            fr: "Le temps n'est pas simulé ici."),
        .counterSchoolInUse: Translated(
            nl: "Er zijn pashouders die op deze school zitten.",
            en: "There are pass holders who go to this school.",
            fr: "Des titulaires fréquentent cette école."),
        .accountAlreadyLinked: Translated(
            nl: "Deze account hoort al bij een pashouder.",
            en: "This account belongs to a pass holder already.",
            fr: "Ce compte est déjà celui d'un titulaire de carte."),
    ]
}
