extension RefusalScripts {
    /// What is against taking an advantage, cancelling and restoring.
    static let redemptions = """
        advantage.notActive
          ledger give 5
          advantage exchange status = 'inactive'
          librarian advantage.redeem TAKE
        advantage.notAtCounter
          ledger give 5
          advantage exchange counter_ids = array['MUSEUM'::uuid]
          librarian advantage.redeem TAKE
        advantage.outsideExchangePeriod
          ledger give 5
          advantage exchange exchange_until = '2030-06-02'
          librarian advantage.redeem TAKE
        advantage.unitsBelowTaken
          ledger give 5
          advantage exchange units = 1
          librarian advantage.redeem TAKE
          administrator advantage.update {"advantageId":"ADVANTAGE","units":0}
        advantage.soldOut
          ledger give 5
          advantage exchange units = 0
          librarian advantage.redeem TAKE
        advantage.codesUsedUp
          ledger give 5
          advantage exchange is_online = true, codes_added = 1
          librarian advantage.redeem TAKE
        advantage.alreadyTaken
          advantage welcome units = null
          librarian advantage.redeem TAKE
          librarian advantage.redeem TAKE
        advantage.notGranted
          advantage welcome entered_at = '2030-06-04'
          librarian advantage.redeem TAKE
        advantage.notAtCounter advantage.otherCardSystem
          ledger give 5
          advantage exchange all_card_systems = false, card_system_ids = array['THERE'::uuid]
          librarian advantage.redeem TAKE
        advantage.residentsOnly
          ledger give 5
          advantage exchange municipality_ids = array['NOWHERE'::uuid]
          librarian advantage.redeem TAKE
        points.insufficient
          ledger give 4
          advantage exchange units = null
          librarian advantage.redeem TAKE
        redemption.notFound
          librarian redemption.cancel {"redemptionId":"NOWHERE"}
        redemption.alreadyCancelled
          ledger give 5
          advantage exchange units = null
          librarian advantage.redeem TAKE
          librarian redemption.cancel {"redemptionId":"<1 id>"}
          librarian redemption.cancel {"redemptionId":"<1 id>"}
        redemption.notCancelled
          ledger give 5
          advantage exchange units = null
          librarian advantage.redeem TAKE
          administrator redemption.restore {"redemptionId":"<1 id>","reason":"mistake"}
        """

    static let furtherRedemptions = """
        advantage.notFound
          librarian advantage.redeem {"advantageId":"NOWHERE","cardNumber":"CARD1"}
        advantage.notOnline
          ledger give 5
          advantage exchange units = null
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          guide holder.redeem {"advantageId":"ADVANTAGE"}
        """
}
