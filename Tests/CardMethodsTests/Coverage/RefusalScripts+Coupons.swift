extension RefusalScripts {
    /// Coupons.
    static let coupons = """
        coupon.notFound
          administrator coupon.get {"couponId":"NOWHERE"}
        coupon.ended
          administrator coupon.create {"cardSystemId":"HERE","name":"Free","discount":{"kind":"fixedPrice","value":0},\
        "shares":[{"payer":"partner","weight":1}]}
          administrator coupon.end {"couponId":"<1 id>"}
          administrator coupon.end {"couponId":"<1 id>"}
        coupon.targetExists
          administrator coupon.create {"cardSystemId":"HERE","name":"Free","discount":{"kind":"fixedPrice","value":0},\
        "shares":[{"payer":"partner","weight":1}]}
          administrator coupon.addTarget {"couponId":"<1 id>","passHolderId":"HOLDER1"}
          administrator coupon.addTarget {"couponId":"<1 id>","cardNumber":"CARD1"}
        coupon.targetNotFound
          administrator coupon.create {"cardSystemId":"HERE","name":"Free","discount":{"kind":"fixedPrice","value":0},\
        "shares":[{"payer":"partner","weight":1}]}
          administrator coupon.removeTarget {"couponId":"<1 id>","groupPassId":"SCOUTS"}
        coupon.inUse
          administrator coupon.create {"cardSystemId":"HERE","name":"Free","discount":{"kind":"fixedPrice","value":0},\
        "shares":[{"payer":"partner","weight":1}]}
          sold 1
          administrator coupon.update {"couponId":"<1 id>","forEveryone":true}
        coupon.payerNotAllowed
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          operating role.grant {"email":"guide@example.org","role":"municipalityAdministrator",\
        "municipalityId":"<1 id>"}
          guide coupon.create {"cardSystemId":"HERE","municipalityId":"<1 id>","name":"Free",\
        "discount":{"kind":"fixedPrice","value":0},"shares":[{"payer":"organizer","weight":1}]}
        """
}
