/// A text for an end user in the three languages that ksbd speaks.
public struct Translated: Sendable, Hashable {
    public let nl: String
    public let en: String
    public let fr: String

    public init(nl: String, en: String, fr: String) { (self.nl, self.en, self.fr) = (nl, en, fr) }
}

extension RefusalKind {
    /// What an end user is told (GEN-01). A client must show it (GEN-06).
    public var text: Translated {
        switch self {
        case .cardSystemNotFound:
            Translated(
                nl: "Dit kaartsysteem bestaat niet.",
                en: "There is no such card system.",
                fr: "Ce système de cartes n'existe pas.")
        case .municipalityNotFound:
            Translated(
                nl: "Deze gemeente hoort niet bij het kaartsysteem.",
                en: "This municipality does not belong to the card system.",
                fr: "Cette commune ne fait pas partie du système de cartes.")
        case .permissionGroupNotFound:
            Translated(
                nl: "Deze permissiegroep bestaat niet.",
                en: "There is no such permission group.",
                fr: "Ce groupe de permissions n'existe pas.")
        case .counterNotFound:
            Translated(
                nl: "Deze balie bestaat niet.",
                en: "There is no such counter.",
                fr: "Ce guichet n'existe pas.")
        case .accountNotFound:
            Translated(
                nl: "Er is geen account met dit adres.",
                en: "There is no account with this address.",
                fr: "Aucun compte avec cette adresse.")
        case .memberNotFound:
            Translated(
                nl: "Deze persoon werkt niet aan deze balie.",
                en: "This person is not a member of this counter.",
                fr: "Cette personne ne travaille pas à ce guichet.")
        case .pillarNotFound:
            Translated(
                nl: "Deze zuil bestaat niet.",
                en: "There is no such pillar.",
                fr: "Cette borne n'existe pas.")
        case .eventNotFound:
            Translated(
                nl: "Dit evenement is niet gekend.",
                en: "This event is not known.",
                fr: "Cet événement n'est pas connu.")
        case .organizerNotFound:
            Translated(
                nl: "Deze organisator is niet gekend.",
                en: "This organizer is not known.",
                fr: "Cet organisateur n'est pas connu.")
        case .passHolderNotFound:
            Translated(
                nl: "Deze pashouder bestaat niet.",
                en: "There is no such pass holder.",
                fr: "Ce titulaire n'existe pas.")
        case .cardNotFound:
            Translated(
                nl: "Deze kaart is niet gekend.",
                en: "This card is not known.",
                fr: "Cette carte n'est pas connue.")
        case .checkInNotFound:
            Translated(
                nl: "Deze check-in bestaat niet.",
                en: "There is no such check-in.",
                fr: "Cet enregistrement n'existe pas.")
        case .jobNotFound:
            Translated(
                nl: "Deze taak bestaat niet.",
                en: "There is no such job.",
                fr: "Cette tâche n'existe pas.")
        case .jobMethodNotBulk:
            Translated(
                nl: "Dit kan niet in bulk.",
                en: "This cannot be done in bulk.",
                fr: "Ceci ne peut pas se faire par lot.")
        case .jobWrongState:
            Translated(
                nl: "Dit kan nu niet met deze taak.",
                en: "This cannot be done with the job as it stands.",
                fr: "Ceci n'est pas possible dans l'état actuel de la tâche.")
        case .jobUploadOutOfTurn:
            Translated(
                nl: "Dit stuk van het bestand is niet het volgende.",
                en: "This part of the file is not the next one.",
                fr: "Cette partie du fichier n'est pas la suivante.")
        case .jobColumnsInvalid:
            Translated(
                nl: "De kolommen van het bestand kloppen niet.",
                en: "The columns of the file are not right.",
                fr: "Les colonnes du fichier ne sont pas correctes.")
        case .jobNothingToRetry:
            Translated(
                nl: "Er zijn geen rijen om opnieuw te proberen.",
                en: "There are no rows to try again.",
                fr: "Il n'y a aucune ligne à réessayer.")
        case .jobFileErased:
            Translated(
                nl: "Het bestand van deze taak is gewist.",
                en: "The file of this job was erased.",
                fr: "Le fichier de cette tâche a été effacé.")
        case .roleNotFound:
            Translated(
                nl: "Dit account heeft deze rol niet.",
                en: "The account does not have this role.",
                fr: "Le compte n'a pas ce rôle.")
        case .documentInvalid:
            Translated(
                nl: "Het document is niet goed.",
                en: "The document is not well formed.",
                fr: "Le document n'est pas correct.")
        case .permissionNotHeld:
            Translated(
                nl: "Deze balie mag dit niet in dit kaartsysteem.",
                en: "This counter may not do this in this card system.",
                fr: "Ce guichet ne peut pas faire cela dans ce système de cartes.")
        case .registrationOpportunityNotAllowed:
            Translated(
                nl: "Deze balie mag geen kansenstatuut toekennen.",
                en: "This counter may not grant the opportunity status.",
                fr: "Ce guichet ne peut pas accorder le statut à tarif réduit.")
        case .registrationOtherMunicipality:
            Translated(
                nl: "Deze balie mag geen kansenstatuut toekennen aan inwoners van een andere gemeente.",
                en: "This counter may not grant the opportunity status to residents of another municipality.",
                fr: "Ce guichet ne peut pas accorder le statut aux habitants d'une autre commune.")
        case .registrationForeignNotAllowed:
            Translated(
                nl: "Deze balie mag niemand uit het buitenland registreren.",
                en: "This counter may not register people from abroad.",
                fr: "Ce guichet ne peut pas inscrire des personnes de l'étranger.")
        case .registrationInszRequired:
            Translated(
                nl: "Deze balie moet een rijksregisternummer opgeven.",
                en: "This counter must give a national register number.",
                fr: "Ce guichet doit indiquer un numéro de registre national.")
        case .counterAlreadyActive:
            Translated(
                nl: "Deze balie is al actief.",
                en: "This counter is active already.",
                fr: "Ce guichet est déjà actif.")
        case .counterLastAdmin:
            Translated(
                nl: "De laatste beheerder van een balie kan alleen door de kaartsysteembeheerder verwijderd worden.",
                en: "The last admin of a counter is removed by an administrator only.",
                fr: "Le dernier gestionnaire d'un guichet ne peut être retiré que par un administrateur.")
        case .counterMemberExists:
            Translated(
                nl: "Deze persoon werkt al aan deze balie.",
                en: "This person is a member of this counter already.",
                fr: "Cette personne travaille déjà à ce guichet.")
        case .counterKeyTaken:
            Translated(
                nl: "Deze sleutel is al van een andere balie.",
                en: "Another counter has this key already.",
                fr: "Un autre guichet a déjà cette clé.")
        case .counterNameTaken:
            Translated(
                nl: "Er is al een balie met deze naam.",
                en: "There is a counter with this name already.",
                fr: "Un guichet porte déjà ce nom.")
        case .counterNotInCardSystem:
            Translated(
                nl: "Deze balie werkt niet in dit kaartsysteem.",
                en: "This counter does not work in this card system.",
                fr: "Ce guichet ne travaille pas dans ce système de cartes.")
        case .counterSecondPersonNeeded:
            Translated(
                nl: "Een tweede persoon moet dit rekeningnummer bevestigen.",
                en: "A second person must confirm this account number.",
                fr: "Une deuxième personne doit confirmer ce numéro de compte.")
        case .counterNoIBANProposed:
            Translated(
                nl: "Dit rekeningnummer is niet voorgesteld voor deze balie.",
                en: "This account number was not proposed for this counter.",
                fr: "Ce numéro de compte n'a pas été proposé pour ce guichet.")
        case .cardSystemNameTaken:
            Translated(
                nl: "Er is al een kaartsysteem met deze naam.",
                en: "There is a card system with this name already.",
                fr: "Un système de cartes porte déjà ce nom.")
        case .municipalityTaken:
            Translated(
                nl: "Deze gemeente hoort al bij het kaartsysteem.",
                en: "This municipality belongs to the card system already.",
                fr: "Cette commune fait déjà partie du système de cartes.")
        case .postalCodeNotInCardSystem:
            Translated(
                nl: "Deze postcode hoort niet bij het kaartsysteem.",
                en: "This postal code does not belong to the card system.",
                fr: "Ce code postal ne fait pas partie du système de cartes.")
        case .postalCodeRequired:
            Translated(
                nl: "Een postcode is nodig om op afstand te sorteren.",
                en: "A postal code is needed to sort by distance.",
                fr: "Un code postal est nécessaire pour trier par distance.")
        case .postalCodeUnknown:
            Translated(
                nl: "Deze postcode is hier niet gekend.",
                en: "This postal code is not known here.",
                fr: "Ce code postal n'est pas connu ici.")
        case .permissionGroupNameTaken:
            Translated(
                nl: "Er is al een permissiegroep met deze naam.",
                en: "There is a permission group with this name already.",
                fr: "Un groupe de permissions porte déjà ce nom.")
        case .permissionGroupInUse:
            Translated(
                nl: "Deze permissiegroep is nog in gebruik.",
                en: "This permission group is still in use.",
                fr: "Ce groupe de permissions est encore utilisé.")
        case .cardBlocked:
            Translated(
                nl: "Deze kaart is geblokkeerd.",
                en: "This card is blocked.",
                fr: "Cette carte est bloquée.")
        case .cardNotActive:
            Translated(
                nl: "Deze kaart is niet actief.",
                en: "This card is not active.",
                fr: "Cette carte n'est pas active.")
        case .cardNotInStock:
            Translated(
                nl: "Deze kaart ligt niet in de voorraad van een balie.",
                en: "This card is not in a counter's local stock.",
                fr: "Cette carte n'est pas dans le stock d'un guichet.")
        case .cardNotAtCounter:
            Translated(
                nl: "Deze kaart ligt niet in de voorraad van deze balie.",
                en: "This card is not in this counter's stock.",
                fr: "Cette carte n'est pas dans le stock de ce guichet.")
        case .cardOtherCardSystem:
            Translated(
                nl: "Deze kaart hoort bij een ander kaartsysteem.",
                en: "This card belongs to another card system.",
                fr: "Cette carte appartient à un autre système de cartes.")
        case .cardGroupPass:
            Translated(
                nl: "Met een groepspas kan je geen punten sparen.",
                en: "A group pass saves no points.",
                fr: "Un pass de groupe n'épargne pas de points.")
        case .cardNumberTaken:
            Translated(
                nl: "Er is al een kaart met dit nummer.",
                en: "There is a card with this number already.",
                fr: "Une carte porte déjà ce numéro.")
        case .cardChipTaken:
            Translated(
                nl: "Er is al een kaart met deze chip.",
                en: "There is a card with this chip already.",
                fr: "Une carte a déjà cette puce.")
        case .cardStatusMismatch:
            Translated(
                nl: "Een gewone kaart past niet bij een kansenstatuut.",
                en: "An ordinary card does not go with an opportunity status.",
                fr: "Une carte ordinaire ne convient pas à un statut à tarif réduit.")
        case .cardNotBlocked:
            Translated(
                nl: "Deze kaart is niet geblokkeerd.",
                en: "This card is not blocked.",
                fr: "Cette carte n'est pas bloquée.")
        case .cardWrongStatus:
            Translated(
                nl: "De kaart heeft niet de status die hiervoor nodig is.",
                en: "The card does not have the status that this needs.",
                fr: "La carte n'a pas le statut requis.")
        case .stockBatchNotFound:
            Translated(
                nl: "Deze levering bestaat niet.",
                en: "There is no such batch of cards.",
                fr: "Cette livraison n'existe pas.")
        case .passHolderBlocked:
            Translated(
                nl: "Deze pashouder is geblokkeerd.",
                en: "This pass holder is blocked.",
                fr: "Ce titulaire est bloqué.")
        case .passHolderNotBlocked:
            Translated(
                nl: "Deze pashouder is niet geblokkeerd.",
                en: "This pass holder is not blocked.",
                fr: "Ce titulaire n'est pas bloqué.")
        case .inszTaken:
            Translated(
                nl: "Er is al een pashouder met dit rijksregisternummer.",
                en: "There is a pass holder with this national register number already.",
                fr: "Un titulaire a déjà ce numéro de registre national.")
        case .inszMismatch:
            Translated(
                nl: "Het rijksregisternummer past niet bij geboortedatum of geslacht.",
                en: "The national register number does not fit the birth date or gender.",
                fr: "Le numéro de registre national ne correspond pas à la date de naissance ou au sexe.")
        case .consentMissing:
            Translated(
                nl: "Onder de zestien is toestemming van een ouder nodig.",
                en: "Under sixteen a parent must consent.",
                fr: "En dessous de seize ans, l'accord d'un parent est nécessaire.")
        case .termsMissing:
            Translated(
                nl: "De voorwaarden moeten op papier of digitaal aanvaard zijn.",
                en: "The terms must have been accepted on paper or digitally.",
                fr: "Les conditions doivent être acceptées sur papier ou en ligne.")
        case .optInImpossible:
            Translated(
                nl: "Deze keuze kan niet zonder e-mailadres of gsm-nummer, of onder de zestien.",
                en: "This opt-in needs an e-mail address or mobile number, and an age of sixteen.",
                fr: "Ce choix demande une adresse e-mail ou un numéro de gsm, et seize ans.")
        case .birthDateInFuture:
            Translated(
                nl: "De geboortedatum ligt in de toekomst.",
                en: "The birth date lies in the future.",
                fr: "La date de naissance est dans le futur.")
        case .inszKnown:
            Translated(
                nl: "Het rijksregisternummer van deze pashouder is al gekend.",
                en: "The national register number of this pass holder is known already.",
                fr: "Le numéro de registre national de ce titulaire est déjà connu.")
        case .addressOutsideRegion:
            Translated(
                nl: "Deze pashouder heeft een geldig kansenstatuut en kan niet zomaar naar een andere regio verhuizen.",
                en: "This pass holder has a valid opportunity status and cannot simply move out of its region.",
                fr: "Ce titulaire a un statut à tarif réduit valable et ne peut pas simplement quitter la région.")
        case .cityNotOfPostalCode:
            Translated(
                nl: "Deze gemeente heeft een andere postcode.",
                en: "This city has another postal code.",
                fr: "Cette commune a un autre code postal.")
        case .likelyDuplicate:
            Translated(
                nl: "Er is al een pashouder met dezelfde geboortedatum en een gelijkaardige naam.",
                en: "There is a pass holder with the same birth date and a similar name already.",
                fr: "Il existe déjà un titulaire avec la même date de naissance et un nom semblable.")
        case .pictureNotFound:
            Translated(
                nl: "Deze pashouder heeft geen foto.",
                en: "This pass holder has no picture.",
                fr: "Ce titulaire n'a pas de photo.")
        case .membershipNoneActive:
            Translated(
                nl: "Deze pashouder heeft geen actief lidmaatschap.",
                en: "This pass holder has no active membership.",
                fr: "Ce titulaire n'a pas d'affiliation active.")
        case .eventNotPublished:
            Translated(
                nl: "Dit evenement is niet gepubliceerd.",
                en: "This event is not published.",
                fr: "Cet événement n'est pas publié.")
        case .eventUnavailable:
            Translated(
                nl: "Dit evenement is geannuleerd of uitgesteld.",
                en: "This event is cancelled or postponed.",
                fr: "Cet événement est annulé ou reporté.")
        case .eventNotImportable:
            Translated(
                nl: "Je mag dit document niet invoeren.",
                en: "You may not import this document.",
                fr: "Vous ne pouvez pas importer ce document.")
        case .eventOrganizerFixed:
            Translated(
                nl: "Een evenement met check-ins of verkochte tickets verhuist niet naar een andere organisator.",
                en: "An event with check-ins or tickets sold never moves to another organizer.",
                fr: "Un événement avec des enregistrements ou des tickets vendus ne change pas d'organisateur.")
        case .pillarEventNotAcceptable:
            Translated(
                nl: "Deze zuil kan dit evenement niet tonen.",
                en: "This pillar cannot show this event.",
                fr: "Cette borne ne peut pas afficher cet événement.")
        case .pillarNoFixedEvent:
            Translated(
                nl: "Deze zuil heeft geen vast evenement.",
                en: "This pillar has no fixed event.",
                fr: "Cette borne n'a pas d'événement fixe.")
        case .pillarNoEvent:
            Translated(
                nl: "Er is nu geen evenement aan deze zuil.",
                en: "There is no event at this pillar now.",
                fr: "Il n'y a pas d'événement à cette borne pour le moment.")
        case .pillarAlreadyConfigured:
            Translated(
                nl: "Deze zuil is al ingesteld.",
                en: "This pillar is configured already.",
                fr: "Cette borne est déjà configurée.")
        case .pillarNameTaken:
            Translated(
                nl: "Er is al een zuil met deze naam.",
                en: "There is a pillar with this name already.",
                fr: "Une borne porte déjà ce nom.")
        case .pillarSetUpRefused:
            Translated(
                nl: "De instelcode klopt niet of is niet meer geldig.",
                en: "The set-up code is wrong or no longer valid.",
                fr: "Le code d'installation est faux ou n'est plus valable.")
        case .pillarDeviceInUse:
            Translated(
                nl: "Dit toestel staat al ingesteld voor een andere zuil.",
                en: "This device is set up for another pillar already.",
                fr: "Cet appareil est déjà installé pour une autre borne.")
        case .checkInOutsideOpening:
            Translated(
                nl: "Inchecken kan nu niet bij dit evenement.",
                en: "This event takes no check-ins now.",
                fr: "Cet événement n'accepte pas d'enregistrement pour le moment.")
        case .checkInAlreadyCancelled:
            Translated(
                nl: "Deze check-in is al geannuleerd.",
                en: "This check-in has been cancelled already.",
                fr: "Cet enregistrement est déjà annulé.")
        case .checkInNotCancelled:
            Translated(
                nl: "Deze check-in is niet geannuleerd.",
                en: "This check-in is not cancelled.",
                fr: "Cet enregistrement n'est pas annulé.")
        case .checkInPointsUnchanged:
            Translated(
                nl: "Deze check-in gaf al zoveel punten.",
                en: "This check-in gave that many points already.",
                fr: "Cet enregistrement a déjà donné ce nombre de points.")
        case .eventNoFutureOpening:
            Translated(
                nl: "Dit evenement heeft geen openingen meer.",
                en: "This event has no openings any more.",
                fr: "Cet événement n'a plus d'ouvertures.")
        case .limitReached:
            Translated(
                nl: "De limiet is bereikt.",
                en: "The limit is reached.",
                fr: "La limite est atteinte.")
        case .pointsAlreadySpent:
            Translated(
                nl: "De punten zijn al uitgegeven.",
                en: "The points have been spent already.",
                fr: "Les points sont déjà dépensés.")
        case .accountEmailTaken:
            Translated(
                nl: "Er is al een account met dit e-mailadres.",
                en: "There is an account with this e-mail address already.",
                fr: "Un compte existe déjà avec cette adresse e-mail.")
        case .credentialsWrong:
            Translated(
                nl: "Aanmelden lukt niet met dit e-mailadres en wachtwoord.",
                en: "This e-mail address and password do not let you in.",
                fr: "Cette adresse e-mail et ce mot de passe ne permettent pas de se connecter.")
        case .tokenInvalid:
            Translated(
                nl: "De code klopt niet of is niet meer geldig.",
                en: "The token is wrong or no longer valid.",
                fr: "Le code est faux ou n'est plus valable.")
        case .accountNotLocked:
            Translated(
                nl: "Dit account is niet vergrendeld.",
                en: "This account is not locked.",
                fr: "Ce compte n'est pas verrouillé.")
        case .roleAlreadyHeld:
            Translated(
                nl: "Dit account heeft deze rol al.",
                en: "The account has this role already.",
                fr: "Le compte a déjà ce rôle.")
        case .roleLastOperator:
            Translated(
                nl: "De laatste operator kan niet verwijderd worden.",
                en: "The last operator cannot be removed.",
                fr: "Le dernier opérateur ne peut pas être retiré.")
        case .ledgerInsufficient:
            Translated(
                nl: "Er is niet genoeg saldo.",
                en: "The balance is not enough.",
                fr: "Le solde est insuffisant.")
        case .holdEnded:
            Translated(
                nl: "Deze reservatie is al afgelopen.",
                en: "This hold has ended already.",
                fr: "Cette réservation est déjà terminée.")
        case .transferAlreadyReversed:
            Translated(
                nl: "Deze boeking is al teruggedraaid.",
                en: "This transfer has been reversed already.",
                fr: "Cette écriture est déjà annulée.")
        case .postalCodeTaken:
            Translated(
                nl: "Deze postcode hoort al bij een gemeente van het kaartsysteem.",
                en: "This postal code belongs to a municipality of the card system already.",
                fr: "Ce code postal appartient déjà à une commune du système de cartes.")
        case .distributionKeyNotFound:
            Translated(
                nl: "Deze verdeelsleutel bestaat niet.",
                en: "There is no such distribution key.",
                fr: "Cette clé de répartition n'existe pas.")
        case .distributionKeyNameTaken:
            Translated(
                nl: "Er is al een verdeelsleutel met deze naam.",
                en: "There is a distribution key with this name already.",
                fr: "Une clé de répartition porte déjà ce nom.")
        case .distributionKeyTermInPast:
            Translated(
                nl: "Een verdeelsleutel kan niet met terugwerkende kracht veranderen.",
                en: "A distribution key cannot change in the past.",
                fr: "Une clé de répartition ne peut pas changer rétroactivement.")
        case .distributionKeyTermTaken:
            Translated(
                nl: "Op dat ogenblik verandert deze verdeelsleutel al.",
                en: "The distribution key changes at that moment already.",
                fr: "La clé de répartition change déjà à ce moment-là.")
        case .distributionKeyNotApplicable:
            Translated(
                nl: "Deze verdeelsleutel kan hier niet gekozen worden.",
                en: "This distribution key cannot be chosen here.",
                fr: "Cette clé de répartition ne peut pas être choisie ici.")
        case .cardSystemNotOfOrganizer:
            Translated(
                nl: "De organisator werkt niet in dit kaartsysteem.",
                en: "The organizer does not work in this card system.",
                fr: "L'organisateur ne travaille pas dans ce système de cartes.")
        case .eventHasTicketSales:
            Translated(
                nl: "Voor dit evenement zijn al tickets verkocht.",
                en: "Tickets for this event have been sold already.",
                fr: "Des tickets ont déjà été vendus pour cet événement.")
        case .couponNotFound:
            Translated(
                nl: "Deze bon bestaat niet.",
                en: "There is no such coupon.",
                fr: "Ce bon n'existe pas.")
        case .couponEnded:
            Translated(
                nl: "Deze bon is beëindigd.",
                en: "This coupon was ended.",
                fr: "Ce bon a été arrêté.")
        case .couponInUse:
            Translated(
                nl: "Dit kan niet meer veranderen: er zijn al tickets met deze bon verkocht.",
                en: "This cannot change any more: tickets have been sold with this coupon.",
                fr: "Ceci ne peut plus changer : des tickets ont été vendus avec ce bon.")
        case .couponPayerNotAllowed:
            Translated(
                nl: "Een gemeente kan alleen zichzelf of een partner laten betalen.",
                en: "A municipality can have only itself or a partner pay.",
                fr: "Une commune ne peut faire payer qu'elle-même ou un partenaire.")
        case .couponTargetExists:
            Translated(
                nl: "Deze pashouder of groep heeft de bon al.",
                en: "The coupon names this pass holder or group already.",
                fr: "Ce titulaire ou ce groupe a déjà ce bon.")
        case .couponTargetNotFound:
            Translated(
                nl: "De bon staat niet op naam van deze pashouder of groep.",
                en: "The coupon does not name this pass holder or group.",
                fr: "Le bon n'est pas au nom de ce titulaire ou de ce groupe.")
        case .clockBackwards:
            Translated(
                nl: "De klok gaat alleen vooruit.",
                en: "The clock only moves forward.",
                fr: "L'horloge ne va que vers l'avant.")
        case .clockReal:
            Translated(
                nl: "De tijd is hier niet gesimuleerd.",
                en: "Time is not simulated here.",
                fr: "Le temps n'est pas simulé ici.")
        case .groupPassNotFound:
            Translated(
                nl: "Deze groepspas bestaat niet.",
                en: "There is no such group pass.",
                fr: "Ce pass de groupe n'existe pas.")
        case .groupPassDelegateNotFound:
            Translated(
                nl: "Deze gids of balie gebruikt de groepspas niet.",
                en: "This guide or counter does not use the group pass.",
                fr: "Ce guide ou ce guichet n'utilise pas le pass de groupe.")
        case .groupPassDelegateExists:
            Translated(
                nl: "Deze gids of balie gebruikt de groepspas al.",
                en: "This guide or counter uses the group pass already.",
                fr: "Ce guide ou ce guichet utilise déjà le pass de groupe.")
        case .groupPassAllowanceTooSmall:
            Translated(
                nl: "De groep heeft dit jaar niet genoeg tickets over.",
                en: "The group does not have enough tickets left this year.",
                fr: "Le groupe n'a plus assez de tickets cette année.")
        case .endDateTooEarly:
            Translated(
                nl: "Deze einddatum is te vroeg.",
                en: "This end date is too early.",
                fr: "Cette date de fin est trop tôt.")
        case .familyMemberNotFound:
            Translated(
                nl: "Deze persoon hoort niet bij het gezin.",
                en: "This person is not in the family.",
                fr: "Cette personne ne fait pas partie de la famille.")
        case .familyMemberExists:
            Translated(
                nl: "Deze persoon hoort al bij het gezin.",
                en: "This person is in the family already.",
                fr: "Cette personne fait déjà partie de la famille.")
        case .familyTooManyMembers:
            Translated(
                nl: "Het gezin is voltallig.",
                en: "The family cannot have more members.",
                fr: "La famille est au complet.")
        case .familyTooManyAdults:
            Translated(
                nl: "Het gezin kan niet meer volwassenen tellen.",
                en: "The family cannot have more adults.",
                fr: "La famille ne peut compter plus d'adultes.")
        case .familyMainMemberFixed:
            Translated(
                nl: "Het hoofd van een gezin kan niet verwijderd worden.",
                en: "The main member of a family cannot be removed.",
                fr: "Le membre principal d'une famille ne peut être retiré.")
        case .associationNotFound:
            Translated(
                nl: "Deze vereniging bestaat niet.",
                en: "There is no such association.",
                fr: "Cette association n'existe pas.")
        case .associationMembershipNotFound:
            Translated(
                nl: "Deze pashouder is geen lid van de vereniging.",
                en: "This pass holder is not a member of the association.",
                fr: "Ce titulaire n'est pas membre de l'association.")
        case .associationNameTaken:
            Translated(
                nl: "Er is al een vereniging met deze naam.",
                en: "There is an association with this name already.",
                fr: "Une association porte déjà ce nom.")
        case .associationCardSystemMismatch:
            Translated(
                nl: "Deze pashouder is geen lid van het kaartsysteem van de vereniging.",
                en: "This pass holder is not a member of the association's card system.",
                fr: "Ce titulaire n'est pas membre du système de cartes de l'association.")
        case .associationTooOld:
            Translated(
                nl: "Deze pashouder is te oud voor de vereniging.",
                en: "This pass holder is too old for the association.",
                fr: "Ce titulaire est trop âgé pour l'association.")
        case .associationRenewNotPossible:
            Translated(
                nl: "Dit lidmaatschap kan nu niet verlengd worden.",
                en: "This membership cannot be renewed now.",
                fr: "Cette affiliation ne peut être renouvelée maintenant.")
        case .schoolNotFound:
            Translated(
                nl: "Deze school bestaat niet.",
                en: "There is no such school.",
                fr: "Cette école n'existe pas.")
        case .counterSchoolInUse:
            Translated(
                nl: "Er zijn pashouders die op deze school zitten.",
                en: "There are pass holders who go to this school.",
                fr: "Des titulaires fréquentent cette école.")
        case .cardReplaced:
            Translated(
                nl: "De pashouder heeft intussen een andere kaart.",
                en: "The pass holder has another card by now.",
                fr: "Le titulaire a une autre carte entre-temps.")
        case .membershipNotFound:
            Translated(
                nl: "De pashouder is geen lid van dit kaartsysteem.",
                en: "The pass holder is not a member of this card system.",
                fr: "Le titulaire n'est pas membre de ce système de cartes.")
        case .membershipExists:
            Translated(
                nl: "De pashouder heeft dit lidmaatschap al.",
                en: "The pass holder has this membership already.",
                fr: "Le titulaire a déjà cette affiliation.")
        case .membershipCardNeeded:
            Translated(
                nl: "Hiervoor is een nieuwe kaart nodig.",
                en: "This needs a new card.",
                fr: "Il faut une nouvelle carte.")
        case .priceUnknown:
            Translated(
                nl: "Voor deze pas staat geen prijs in de prijslijst.",
                en: "The price list has no price for this pass.",
                fr: "La liste de prix ne contient pas de prix pour ce pass.")
        case .priceChanged:
            Translated(
                nl: "De prijs van de pas is intussen anders.",
                en: "The price of the pass is another one by now.",
                fr: "Le prix du pass a changé entre-temps.")
        case .priceRowOverlaps:
            Translated(
                nl: "Twee rijen van de prijslijst gelden voor dezelfde pas.",
                en: "Two rows of the price list are for the same pass.",
                fr: "Deux lignes de la liste de prix valent pour le même pass.")
        case .passVoucherTypeNotFound:
            Translated(
                nl: "Deze soort bon bestaat niet.",
                en: "There is no such type of voucher.",
                fr: "Ce type de bon n'existe pas.")
        case .passVoucherTypeNameTaken:
            Translated(
                nl: "Er is al een soort bon met deze naam.",
                en: "There is a type of voucher with this name already.",
                fr: "Un type de bon porte déjà ce nom.")
        case .passVoucherTypePrefixTaken:
            Translated(
                nl: "Er is al een soort bon met dit voorvoegsel.",
                en: "There is a type of voucher with this prefix already.",
                fr: "Un type de bon a déjà ce préfixe.")
        case .passVoucherNotFound:
            Translated(
                nl: "Deze bon bestaat niet.",
                en: "There is no such voucher.",
                fr: "Ce bon n'existe pas.")
        case .passVoucherUnknown:
            Translated(
                nl: "Er is geen bon met deze code.",
                en: "There is no voucher with this code.",
                fr: "Aucun bon n'a ce code.")
        case .passVoucherUsed:
            Translated(
                nl: "Deze bon is al gebruikt.",
                en: "This voucher has been used already.",
                fr: "Ce bon a déjà été utilisé.")
        case .passVoucherVoid:
            Translated(
                nl: "Deze bon is ongeldig gemaakt.",
                en: "This voucher was made void.",
                fr: "Ce bon a été annulé.")
        case .passVoucherNotValidNow:
            Translated(
                nl: "Deze bon is vandaag niet geldig.",
                en: "This voucher does not count today.",
                fr: "Ce bon n'est pas valable aujourd'hui.")
        case .passVoucherOtherCardSystem:
            Translated(
                nl: "Deze bon is van een ander kaartsysteem.",
                en: "This voucher is another card system's.",
                fr: "Ce bon est d'un autre système de cartes.")
        case .passVoucherOtherMunicipality:
            Translated(
                nl: "Deze bon is voor inwoners van een andere gemeente.",
                en: "This voucher is for residents of another municipality.",
                fr: "Ce bon est destiné aux habitants d'une autre commune.")
        case .passVoucherNotApplicable:
            Translated(
                nl: "Deze bon maakt deze pas niet goedkoper.",
                en: "This voucher does not lower the price of this pass.",
                fr: "Ce bon ne réduit pas le prix de ce pass.")
        case .opportunityNone:
            Translated(
                nl: "Deze pashouder heeft hier geen kansenstatuut.",
                en: "This pass holder has no opportunity status here.",
                fr: "Ce titulaire n'a pas de statut à tarif réduit ici.")
        case .opportunityDatePassed:
            Translated(
                nl: "Deze dag is al voorbij.",
                en: "This day has passed.",
                fr: "Ce jour est passé.")
        case .opportunityEndsLater:
            Translated(
                nl: "Het kansenstatuut loopt al langer: een verlenging kort het niet in.",
                en: "The opportunity status ends later already: an extension never shortens it.",
                fr: "Le statut se termine déjà plus tard : une prolongation ne le raccourcit pas.")
        case .opportunityEndsEarlier:
            Translated(
                nl: "Het kansenstatuut eindigt niet na deze dag.",
                en: "The opportunity status does not end after this day.",
                fr: "Le statut à tarif réduit ne se termine pas après ce jour.")
        case .opportunityNotSuspended:
            Translated(
                nl: "Het kansenstatuut is niet geschorst.",
                en: "The opportunity status is not suspended.",
                fr: "Le statut à tarif réduit n'est pas suspendu.")
        case .eventFree:
            Translated(
                nl: "Deze activiteit is gratis: er is geen ticket met korting.",
                en: "This event is free: there is no reduced ticket.",
                fr: "Cette activité est gratuite : il n'y a pas de ticket à prix réduit.")
        case .opportunityExpired:
            Translated(
                nl: "Het kansenstatuut is verlopen.",
                en: "The opportunity status has ended.",
                fr: "Le statut à tarif réduit a pris fin.")
        case .opportunitySuspended:
            Translated(
                nl: "Het kansenstatuut is geschorst.",
                en: "The opportunity status is suspended.",
                fr: "Le statut à tarif réduit est suspendu.")
        case .tariffNotAvailable:
            Translated(
                nl: "Er is geen kansentarief.",
                en: "There is no opportunity tariff.",
                fr: "Il n'y a pas de tarif réduit.")
        case .priceClassUnknown:
            Translated(
                nl: "Deze activiteit heeft geen prijs met die naam.",
                en: "This event has no price of that name.",
                fr: "Cette activité n'a pas de prix de ce nom.")
        case .ticketSaleNotFound:
            Translated(
                nl: "Deze ticketverkoop bestaat niet of is geannuleerd.",
                en: "There is no such ticket sale, or it was cancelled.",
                fr: "Cette vente de ticket n'existe pas ou a été annulée.")
        case .ticketSaleNotReserved:
            Translated(
                nl: "Deze ticketverkoop is al bevestigd.",
                en: "This ticket sale was confirmed already.",
                fr: "Cette vente de ticket est déjà confirmée.")
        case .ticketSaleLapsed:
            Translated(
                nl: "De reservatie is vervallen.",
                en: "The reservation has lapsed.",
                fr: "La réservation a expiré.")
        case .ticketSaleReasonNeeded:
            Translated(
                nl: "Geef een reden op.",
                en: "Give a reason.",
                fr: "Indiquez une raison.")
        case .ticketSalePeriodClosed:
            Translated(
                nl: "De afrekening van deze verkoop is afgesloten: vraag het de beheerder.",
                en: "The settlement of this sale is closed: ask the administrator.",
                fr: "Le décompte de cette vente est clôturé : adressez-vous à l'administrateur.")
        case .ticketSaleNotCancelled:
            Translated(
                nl: "Deze ticketverkoop is niet geannuleerd.",
                en: "This ticket sale was not cancelled.",
                fr: "Cette vente de ticket n'est pas annulée.")
        case .ticketSaleTooManyTickets:
            Translated(
                nl: "Zoveel tickets van dit tarief kunnen niet samen.",
                en: "So many tickets of this tariff cannot be taken at once.",
                fr: "Autant de tickets à ce tarif ne sont pas possibles en une fois.")
        case .ticketSalePriceChanged:
            Translated(
                nl: "Dit tarief geeft nu een andere prijs.",
                en: "This tariff gives another price now.",
                fr: "Ce tarif donne maintenant un autre prix.")
        case .ticketSaleKeyNotFitting:
            Translated(
                nl: "Deze verdeelsleutel kon niet gelden voor dit ticket.",
                en: "This distribution key could not have held for this ticket.",
                fr: "Cette clé de répartition ne pouvait pas valoir pour ce ticket.")
        case .ticketSaleSharesUnchanged:
            Translated(
                nl: "Deze ticketverkoop is al zo verdeeld.",
                en: "This ticket sale is shared like that already.",
                fr: "Cette vente de ticket est déjà répartie ainsi.")
        case .ticketSaleNotCorrected:
            Translated(
                nl: "Deze ticketverkoop werd niet gecorrigeerd.",
                en: "This ticket sale was not corrected.",
                fr: "Cette vente de ticket n'a pas été corrigée.")
        case .couponNotGranted:
            Translated(
                nl: "Deze kortingsbon is niet voor deze pas of niet voor dit ticket.",
                en: "This coupon is not for this pass, or not for this ticket.",
                fr: "Ce bon n'est pas pour ce pass ou pas pour ce ticket.")
        case .couponNotValidNow:
            Translated(
                nl: "Deze kortingsbon is nu niet geldig.",
                en: "This coupon is not valid now.",
                fr: "Ce bon n'est pas valable maintenant.")
        case .couponSpent:
            Translated(
                nl: "Het budget van deze kortingsbon is op.",
                en: "The budget of this coupon is spent.",
                fr: "Le budget de ce bon est épuisé.")
        case .mergeNotFound:
            Translated(
                nl: "Deze samenvoeging bestaat niet.", en: "There is no such merge.", fr: "Cette fusion n'existe pas.")
        case .mergeSamePerson:
            Translated(
                nl: "Dit is tweemaal hetzelfde dossier.", en: "This is the same record twice.",
                fr: "Il s'agit deux fois du même dossier.")
        case .mergeInszDiffer:
            Translated(
                nl: "Beide dossiers hebben een eigen rijksregisternummer: het zijn twee personen.",
                en: "Both records have a national register number of their own: they are two people.",
                fr: "Les deux dossiers ont chacun un numéro de registre national : ce sont deux personnes.")
        case .mergeAlreadyUndone:
            Translated(
                nl: "Deze samenvoeging is al ongedaan gemaakt.", en: "This merge was undone already.",
                fr: "Cette fusion a déjà été annulée.")
        case .mergeChangedSince:
            Translated(
                nl: "Wat samengevoegd is, is intussen gewijzigd.", en: "What was merged has been changed since.",
                fr: "Ce qui a été fusionné a été modifié depuis.")
        case .pointsHeld:
            Translated(
                nl: "Er zijn punten gereserveerd voor iets dat nog loopt.",
                en: "Points are kept free for something that is under way.",
                fr: "Des points sont réservés pour une opération en cours.")
        case .registrationOnlineNotAllowed:
            Translated(
                nl: "Online registreren kan hier niet.",
                en: "Online registration is not offered here.",
                fr: "L'inscription en ligne n'est pas proposée ici.")
        case .registrationUnderage:
            Translated(
                nl: "Zelf registreren kan vanaf zestien jaar.",
                en: "Registering oneself is possible from the age of sixteen.",
                fr: "On peut s'inscrire soi-même à partir de seize ans.")
        case .emailAlreadyUsed:
            Translated(
                nl: "Een andere pashouder gebruikt dit e-mailadres al.",
                en: "Another pass holder uses this e-mail address already.",
                fr: "Un autre titulaire de carte utilise déjà cette adresse e-mail.")
        case .identityInvalid:
            Translated(
                nl: "Dit identiteitsbewijs wordt niet aanvaard.",
                en: "This proof of identity is not accepted.",
                fr: "Cette preuve d'identité n'est pas acceptée.")
        case .identityInszRequired:
            Translated(
                nl: "In dit identiteitsbewijs staat geen rijksregisternummer.",
                en: "This proof of identity has no national register number.",
                fr: "Cette preuve d'identité ne contient pas de numéro de registre national.")
        case .orderNotFound:
            Translated(
                nl: "Deze bestelling is niet gevonden.",
                en: "There is no such order.",
                fr: "Cette commande n'existe pas.")
        case .orderNotPending:
            Translated(
                nl: "Deze bestelling wacht niet op een betaling.",
                en: "This order does not wait for a payment.",
                fr: "Cette commande n'attend pas de paiement.")
        case .orderPaymentNotSetUp:
            Translated(
                nl: "Online betalen kan hier nog niet.",
                en: "Nothing can be paid online here yet.",
                fr: "Le paiement en ligne n'est pas encore possible ici.")
        case .orderPersonTwice:
            Translated(
                nl: "Dezelfde persoon staat twee keer in de bestelling.",
                en: "The same person is in the order twice.",
                fr: "La même personne figure deux fois dans la commande.")
        case .paymentTooSmall:
            Translated(
                nl: "Er is te weinig betaald.",
                en: "Too little was paid.",
                fr: "Le montant payé est insuffisant.")
        case .paymentTooLarge:
            Translated(
                nl: "Er is te veel betaald.",
                en: "Too much was paid.",
                fr: "Le montant payé est trop élevé.")
        case .paymentInFuture:
            Translated(
                nl: "De betaaldatum ligt in de toekomst.",
                en: "The day of payment lies in the future.",
                fr: "La date de paiement est dans le futur.")
        case .passHolderAlreadyRegistered:
            Translated(
                nl: "Deze pashouder heeft al een login.",
                en: "This pass holder has a login already.",
                fr: "Ce titulaire de carte a déjà un compte.")
        case .passHolderNoLogin:
            Translated(
                nl: "Deze pashouder heeft geen login.",
                en: "This pass holder has no login.",
                fr: "Ce titulaire de carte n'a pas de compte.")
        case .birthDateProofWrong:
            Translated(
                nl: "Kaartnummer en geboortedatum horen niet bij elkaar. Na vijf pogingen kan het morgen opnieuw.",
                en: "Card number and date of birth do not belong together. After five attempts, try again tomorrow.",
                fr:
                    "Numéro de carte et date de naissance ne correspondent pas. Après cinq essais, revenez demain."
            )
        case .checkInCodeInvalid:
            Translated(
                nl: "Deze code hoort bij geen enkel evenement.",
                en: "No event has this code.",
                fr: "Ce code n'est celui d'aucun événement.")
        case .checkInCodeExpired:
            Translated(
                nl: "Deze code is vervallen: het evenement is voorbij.",
                en: "This code has expired: the event is over.",
                fr: "Ce code a expiré : l'événement est terminé.")
        case .accountAlreadyLinked:
            Translated(
                nl: "Deze account hoort al bij een pashouder.",
                en: "This account belongs to a pass holder already.",
                fr: "Ce compte est déjà celui d'un titulaire de carte.")
        case .advantageNotFound:
            Translated(
                nl: "Dit voordeel bestaat niet.",
                en: "There is no such advantage.",
                fr: "Cet avantage n'existe pas.")
        case .advantageNotActive:
            Translated(
                nl: "Dit voordeel is nu niet actief.",
                en: "This advantage is not active now.",
                fr: "Cet avantage n'est pas actif actuellement.")
        case .advantageNotAtCounter:
            Translated(
                nl: "Dit voordeel kan je niet aan deze balie opnemen.",
                en: "This advantage cannot be taken at this counter.",
                fr: "Cet avantage ne peut pas être obtenu à ce guichet.")
        case .advantageNotOnline:
            Translated(
                nl: "Dit is geen online voordeel.",
                en: "This is no online advantage.",
                fr: "Cet avantage n'est pas en ligne.")
        case .advantageOutsideExchangePeriod:
            Translated(
                nl: "Dit voordeel kan je nu niet opnemen: het is niet de periode ervoor.",
                en: "This advantage cannot be taken now: it is not the period for it.",
                fr: "Cet avantage ne peut pas être obtenu maintenant : ce n'est pas la période.")
        case .advantageSoldOut:
            Translated(
                nl: "Dit voordeel is op.",
                en: "This advantage is sold out.",
                fr: "Cet avantage est épuisé.")
        case .advantageCodesUsedUp:
            Translated(
                nl: "Er zijn geen codes meer voor dit voordeel.",
                en: "There are no codes left for this advantage.",
                fr: "Il n'y a plus de codes pour cet avantage.")
        case .advantageAlreadyTaken:
            Translated(
                nl: "Dit welkomstvoordeel is al opgenomen.",
                en: "This welcome advantage was taken already.",
                fr: "Cet avantage de bienvenue a déjà été obtenu.")
        case .advantageNotGranted:
            Translated(
                nl: "Dit welkomstvoordeel is niet voor deze pashouder: die werd niet in de juiste periode lid.",
                en: "This welcome advantage is not for this pass holder, who did not become a member in its period.",
                fr: "Cet avantage de bienvenue n'est pas pour ce titulaire, devenu membre hors période.")
        case .advantageOtherCardSystem:
            Translated(
                nl: "Dit voordeel is voor leden van een ander kaartsysteem.",
                en: "This advantage is for members of another card system.",
                fr: "Cet avantage est destiné aux membres d'un autre système de cartes.")
        case .advantageResidentsOnly:
            Translated(
                nl: "Dit voordeel is alleen voor inwoners van bepaalde gemeenten.",
                en: "This advantage is for residents of certain municipalities only.",
                fr: "Cet avantage est réservé aux habitants de certaines communes.")
        case .advantageFrozen:
            Translated(
                nl: "Dit is al gebruikt en kan niet meer veranderen.",
                en: "This was used already and can no longer change.",
                fr: "Ceci a déjà servi et ne peut plus être modifié.")
        case .advantageUnitsBelowTaken:
            Translated(
                nl: "Er zijn er al meer opgenomen.",
                en: "More were taken already.",
                fr: "Il en a déjà été obtenu davantage.")
        case .advantageCodeNotFound:
            Translated(
                nl: "Deze code bestaat niet.",
                en: "There is no such code.",
                fr: "Ce code n'existe pas.")
        case .advantageCodeNotFree:
            Translated(
                nl: "Deze code is al gebruikt of ongeldig gemaakt.",
                en: "This code was used or made void already.",
                fr: "Ce code a déjà été utilisé ou annulé.")
        case .redemptionNotFound:
            Translated(
                nl: "Deze opname bestaat niet.",
                en: "There is no such redemption.",
                fr: "Cette obtention n'existe pas.")
        case .redemptionAlreadyCancelled:
            Translated(
                nl: "Deze opname is al geannuleerd.",
                en: "This redemption was cancelled already.",
                fr: "Cette obtention a déjà été annulée.")
        case .redemptionNotCancelled:
            Translated(
                nl: "Deze opname is niet geannuleerd.",
                en: "This redemption was not cancelled.",
                fr: "Cette obtention n'a pas été annulée.")
        case .pointsInsufficient:
            Translated(
                nl: "Er zijn niet genoeg punten.",
                en: "There are not enough points.",
                fr: "Il n'y a pas assez de points.")
        }
    }
}
