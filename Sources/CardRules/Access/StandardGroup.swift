/// The permission groups that a card system begins with. They are its own from then on, to be changed.
public enum StandardGroup: String, Sendable, CaseIterable {
    case checkInAndTicketCounter
    case plainRegistrationCounter
    case authorisedRegistrationCounter
    case merchant

    public var name: Translated {
        switch self {
        case .checkInAndTicketCounter:
            Translated(
                nl: "Check-in- en ticketbalie", en: "Check-in and ticket counter",
                fr: "Guichet d'enregistrement et de billetterie")
        case .plainRegistrationCounter:
            Translated(
                nl: "Niet-geautoriseerde registratiebalie", en: "Plain registration counter",
                fr: "Guichet d'inscription non autorisé")
        case .authorisedRegistrationCounter:
            Translated(
                nl: "Geautoriseerde registratiebalie", en: "Authorised registration counter",
                fr: "Guichet d'inscription autorisé")
        case .merchant: Translated(nl: "Handelaar", en: "Merchant", fr: "Commerçant")
        }
    }

    /// A plain counter registers without status and with INSZ; an authorised one grants the status, may leave the INSZ
    /// out (REG-12) and blocks cards (MEM-09).
    public var permissions: Set<Permission> {
        switch self {
        case .checkInAndTicketCounter:
            [
                .tariffRead, .ticketSaleRegister, .ticketSaleRead, .couponRead, .checkInWrite, .checkInRead, .eventRead,
                .eventCheckInCode, .passRead, .advantageRead, .advantageRedeem, .pillarRead, .pillarWrite,
                .groupPassRead,
            ]
        case .plainRegistrationCounter:
            Self.checkInAndTicketCounter.permissions.union([
                .passHolderRegister, .passHolderRead, .passHolderPictureRead, .passHolderPictureWrite,
                .membershipPriceRead, .cardRead, .cardReceive,
                .passHolderFamily, .associationUse,
            ])
        case .authorisedRegistrationCounter:
            Self.plainRegistrationCounter.permissions.union([
                .passHolderRegisterOpportunity, .passHolderRegisterWithoutINSZ, .passHolderNoteRead,
                .passHolderNoteWrite, .cardBlock,
                .groupPassWrite,
            ])
        case .merchant: [.voucherRead, .voucherAward, .voucherRedeem, .voucherRedemptionRead]
        }
    }
}
