/// What staff of a counter may do in a card system. A counter holds permissions by the groups that it is in.
public enum Permission: String, Sendable, CaseIterable {
    /// Compute what a holder pays.
    case tariffRead = "tariff.read"
    /// Sell at a tariff, and cancel it.
    case ticketSaleRegister = "ticketSale.register"
    case ticketSaleRead = "ticketSale.read"
    /// List granted coupons.
    case couponRead = "coupon.read"
    /// Check in, cancel a check-in, ask whether one would be allowed.
    case checkInWrite = "checkIn.write"
    case checkInRead = "checkIn.read"
    case eventRead = "event.read"
    /// Read an event's points and limits.
    case eventSettingsRead = "eventSettings.read"
    /// Change an event's points and limits.
    case eventSettingsWrite = "eventSettings.write"
    /// Get the code by which holders check in themselves.
    case eventCheckInCode = "event.checkInCode"
    case organizerRead = "organizer.read"
    case reportRead = "report.read"
    case counterMemberRead = "counterMember.read"
    case counterMemberWrite = "counterMember.write"
    /// Look up one pass by any identifier.
    case passRead = "pass.read"
    /// Search and read pass holders of own card systems.
    case passHolderRead = "passHolder.read"
    /// Register pass holders and change their data.
    case passHolderRegister = "passHolder.register"
    /// On top of it: with opportunity status, for residents of the counter's municipality (REG-06).
    case passHolderRegisterOpportunity = "passHolder.registerOpportunity"
    /// On top of both: for residents of the card system's other municipalities (REG-07).
    case passHolderRegisterOpportunityWholeCardSystem = "passHolder.registerOpportunityWholeCardSystem"
    /// On top of it: people who live abroad (REG-08).
    case passHolderRegisterForeign = "passHolder.registerForeign"
    /// On top of it: without a national register number (REG-12).
    case passHolderRegisterWithoutINSZ = "passHolder.registerWithoutInsz"
    case passHolderNoteRead = "passHolderNote.read"
    case passHolderNoteWrite = "passHolderNote.write"
    case passHolderPictureRead = "passHolderPicture.read"
    case passHolderPictureWrite = "passHolderPicture.write"
    /// See families, add and remove their members (FAM-01 to FAM-05).
    case passHolderFamily = "passHolder.family"
    /// Find and read group passes (GRP-01).
    case groupPassRead = "groupPass.read"
    /// Make group passes, renew them, and say who may use them.
    case groupPassWrite = "groupPass.write"
    /// See associations and their members, as far as each association lets the counter (ASC-01).
    case associationUse = "association.use"
    case membershipPriceRead = "membershipPrice.read"
    /// The status of any card, stock too.
    case cardRead = "card.read"
    /// Confirm that cards came which were handed over to the counter.
    case cardReceive = "card.receive"
    /// Bring cards into stock and hand them over to counters.
    case cardWrite = "card.write"
    /// Block and unblock a card (MEM-09).
    case cardBlock = "card.block"
    case advantageRead = "advantage.read"
    /// Enter and change advantages of the own counter (ADV-02).
    case advantageWrite = "advantage.write"
    /// Narrow a list of advantages to what one holder can take (ADV-20).
    case advantageForHolder = "advantage.forHolder"
    /// Exchange points for an advantage, and cancel it.
    case advantageRedeem = "advantage.redeem"
    case pillarRead = "pillar.read"
    /// Choose a pillar's event.
    case pillarWrite = "pillar.write"
    /// See what is on a voucher.
    case voucherRead = "voucher.read"
    /// Give points for a purchase, and take them back.
    case voucherAward = "voucher.award"
    /// Take a payment by voucher, and cancel it.
    case voucherRedeem = "voucher.redeem"
    /// List the counter's own payments by voucher.
    case voucherRedemptionRead = "voucherRedemption.read"
    /// Get all cards that entitle to the opportunity tariff now.
    case opportunityExport = "opportunity.export"
    /// Remove a pass holder for good (PH-08).
    case passHolderRemove = "passHolder.remove"
    /// Follow all that changes in a card system, by ids.
    case feedRead = "feed.read"
}
