extension Permission {
    /// What an administrator reads who puts a group together.
    public var label: Translated {
        switch self {
        case .tariffRead: Translated(nl: "Tarieven berekenen", en: "Compute tariffs", fr: "Calculer les tarifs")
        case .ticketSaleRegister:
            Translated(
                nl: "Tickets met korting registreren en annuleren", en: "Register and cancel ticket sales",
                fr: "Enregistrer et annuler des ventes de tickets")
        case .ticketSaleRead:
            Translated(nl: "Ticketverkopen bekijken", en: "See ticket sales", fr: "Consulter les ventes de tickets")
        case .couponRead:
            Translated(
                nl: "Toegekende coupons bekijken", en: "See granted coupons",
                fr: "Consulter les coupons accordés")
        case .checkInWrite:
            Translated(
                nl: "Inchecken en annuleren", en: "Check in and cancel",
                fr: "Enregistrer des passages et annuler")
        case .checkInRead:
            Translated(nl: "Check-ins bekijken", en: "See check-ins", fr: "Consulter les passages enregistrés")
        case .eventRead: Translated(nl: "Evenementen bekijken", en: "See events", fr: "Consulter les événements")
        case .eventSettingsRead:
            Translated(
                nl: "Punten en limieten van evenementen bekijken", en: "See points and limits of events",
                fr: "Consulter les points et limites des événements")
        case .eventSettingsWrite:
            Translated(
                nl: "Punten en limieten van evenementen wijzigen", en: "Change points and limits of events",
                fr: "Modifier les points et limites des événements")
        case .eventCheckInCode:
            Translated(nl: "QR-spaarcodes ophalen", en: "Get check-in codes", fr: "Obtenir les codes d'enregistrement")
        case .organizerRead:
            Translated(nl: "Organisatoren bekijken", en: "See organizers", fr: "Consulter les organisateurs")
        case .reportRead:
            Translated(
                nl: "Financiële overzichten opvragen", en: "Get financial reports",
                fr: "Obtenir les rapports financiers")
        case .counterMemberRead:
            Translated(nl: "Baliemedewerkers bekijken", en: "See counter members", fr: "Consulter les guichetiers")
        case .counterMemberWrite:
            Translated(nl: "Baliemedewerkers beheren", en: "Manage counter members", fr: "Gérer les guichetiers")
        case .passRead: Translated(nl: "Passen opzoeken", en: "Look up passes", fr: "Rechercher un pass")
        case .passHolderRead:
            Translated(
                nl: "Pashouders zoeken en bekijken", en: "Search and see pass holders",
                fr: "Rechercher et consulter les titulaires")
        case .passHolderRegister:
            Translated(
                nl: "Pashouders registreren en wijzigen", en: "Register and change pass holders",
                fr: "Inscrire et modifier des titulaires")
        case .passHolderRegisterOpportunity:
            Translated(
                nl: "Kansenstatuut toekennen", en: "Grant the opportunity status",
                fr: "Accorder le statut à tarif réduit")
        case .passHolderRegisterOpportunityWholeCardSystem:
            Translated(
                nl: "Kansenstatuut toekennen in het hele kaartsysteem",
                en: "Grant the opportunity status in the whole card system",
                fr: "Accorder le statut dans tout le système de cartes")
        case .passHolderRegisterForeign:
            Translated(
                nl: "Pashouders uit het buitenland registreren", en: "Register people from abroad",
                fr: "Inscrire des personnes de l'étranger")
        case .passHolderRegisterWithoutINSZ:
            Translated(
                nl: "Registreren zonder rijksregisternummer", en: "Register without national register number",
                fr: "Inscrire sans numéro de registre national")
        case .passHolderNoteRead:
            Translated(
                nl: "Notities over pashouders bekijken", en: "See notes about pass holders",
                fr: "Consulter les notes sur les titulaires")
        case .passHolderNoteWrite:
            Translated(
                nl: "Notities over pashouders schrijven", en: "Write notes about pass holders",
                fr: "Écrire des notes sur les titulaires")
        case .passHolderPictureRead:
            Translated(
                nl: "Foto's van pashouders bekijken", en: "See pictures of pass holders",
                fr: "Consulter les photos des titulaires")
        case .passHolderPictureWrite:
            Translated(
                nl: "Foto's van pashouders instellen", en: "Set pictures of pass holders",
                fr: "Définir les photos des titulaires")
        case .passHolderFamily: Translated(nl: "Gezinnen beheren", en: "Manage families", fr: "Gérer les familles")
        case .groupPassRead:
            Translated(nl: "Groepspassen bekijken", en: "See group passes", fr: "Consulter les pass de groupe")
        case .groupPassWrite:
            Translated(nl: "Groepspassen beheren", en: "Manage group passes", fr: "Gérer les pass de groupe")
        case .associationUse:
            Translated(
                nl: "Lidmaatschappen van verenigingen beheren", en: "Manage memberships of associations",
                fr: "Gérer les affiliations aux associations")
        case .membershipPriceRead:
            Translated(
                nl: "Prijzen van passen bekijken", en: "See the prices of passes",
                fr: "Consulter les prix des pass")
        case .cardRead:
            Translated(
                nl: "De status van kaarten bekijken", en: "See the status of cards",
                fr: "Consulter le statut des cartes")
        case .cardReceive:
            Translated(nl: "Kaarten in ontvangst nemen", en: "Receive cards", fr: "Réceptionner des cartes")
        case .cardWrite:
            Translated(
                nl: "Kaarten in voorraad nemen en aan balies bezorgen",
                en: "Take cards into stock and hand them over to counters",
                fr: "Mettre des cartes en stock et les remettre aux guichets")
        case .cardBlock:
            Translated(
                nl: "Kaarten blokkeren en deblokkeren", en: "Block and unblock cards",
                fr: "Bloquer et débloquer des cartes")
        case .advantageRead: Translated(nl: "Voordelen bekijken", en: "See advantages", fr: "Consulter les avantages")
        case .advantageWrite:
            Translated(
                nl: "Voordelen van de eigen balie invoeren en wijzigen",
                en: "Enter and change advantages of the own counter",
                fr: "Saisir et modifier les avantages du guichet")
        case .advantageForHolder:
            Translated(
                nl: "Voordelen zoeken die een pashouder kan opnemen",
                en: "Search for advantages that a pass holder can take",
                fr: "Chercher les avantages qu'un titulaire peut obtenir")
        case .advantageRedeem:
            Translated(
                nl: "Voordelen omruilen en annuleren", en: "Redeem advantages and cancel",
                fr: "Échanger des avantages et annuler")
        case .pillarRead: Translated(nl: "Zuilen bekijken", en: "See pillars", fr: "Consulter les bornes")
        case .pillarWrite:
            Translated(
                nl: "Het evenement van een zuil kiezen", en: "Choose the event of a pillar",
                fr: "Choisir l'événement d'une borne")
        case .voucherRead:
            Translated(
                nl: "Het saldo van een bon bekijken", en: "See the balance of a voucher",
                fr: "Consulter le solde d'un bon")
        case .voucherAward:
            Translated(
                nl: "Punten toekennen voor een aankoop", en: "Give points for a purchase",
                fr: "Accorder des points pour un achat")
        case .voucherRedeem:
            Translated(
                nl: "Betalingen met een bon aannemen en annuleren", en: "Take payments by voucher and cancel",
                fr: "Encaisser des bons et annuler")
        case .voucherRedemptionRead:
            Translated(
                nl: "Eigen betalingen met bonnen bekijken", en: "See own payments by voucher",
                fr: "Consulter ses propres encaissements de bons")
        case .opportunityExport:
            Translated(
                nl: "De geldige kansenpassen exporteren", en: "Export the valid opportunity cards",
                fr: "Exporter les cartes valables à tarif réduit")
        case .passHolderRemove:
            Translated(
                nl: "Pashouders verwijderen", en: "Remove pass holders", fr: "Supprimer des titulaires")
        case .feedRead:
            Translated(nl: "Wijzigingen volgen", en: "Follow changes", fr: "Suivre les modifications")
        }
    }
}
