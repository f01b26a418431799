extension RefusalScripts {
    /// What pass holders do themselves.
    static let selfService = """
        checkInCode.invalid
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          guide holder.checkIn {"code":"NO CODE"}
        checkInCode.expired
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          operating import 3 library future
          librarian event.checkInCode {"eventId":"EVENT3"}
          operating import 3 library past
          guide holder.checkIn {"code":"<4 code>"}
        passHolder.proofWrong
          stranger holder.registrationToken {"cardNumber":"NEW1","dateOfBirth":"1990-01-01"}
        passHolder.noLogin
          administrator passHolder.unlinkLogin {"passHolderId":"HOLDER1","reason":"not his"}
        passHolder.alreadyRegistered
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          librarian holder.link {"token":"<3 token>"}
        passHolder.alreadyRegistered account.alreadyLinked
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<3 token>"}
        """
}

extension RefusalScripts {
    /// What is registered and ordered online.
    static let online = """
        registration.onlineNotAllowed
          administrator cardSystem.update {"cardSystemId":"HERE","payment":{"iban":"BE68539007547034",\
        "beneficiary":"City"}}
          stranger order.create {"cardSystemId":"HERE","main":PERSON}
        registration.underage
          administrator cardSystem.update OPEN
          stranger order.create {"cardSystemId":"HERE","main":CHILD}
        email.alreadyUsed
          administrator cardSystem.update OPEN
          stranger order.create {"cardSystemId":"HERE","main":PERSON}
          stranger order.create {"cardSystemId":"HERE","main":OTHER}
        order.personTwice
          administrator cardSystem.update OPEN
          stranger order.create {"cardSystemId":"HERE","main":PERSON,"extra":[TWIN]}
        order.paymentNotSetUp
          administrator cardSystem.update {"cardSystemId":"HERE","allowsCardlessRegistration":true,\
        "cardlessRegistrationType":"all"}
          stranger order.create {"cardSystemId":"HERE","main":PERSON}
        identity.invalid
          guide holder.register {"cardSystemId":"HERE","identity":"none","address":{"postalCode":"9900","city":"Eeklo"}}
        identity.inszRequired
          guide holder.register {"cardSystemId":"HERE","identity":"WORD","address":{"postalCode":"9900","city":"Eeklo"}}
        order.notFound
          stranger order.get {"orderId":"NOWHERE","token":"kso_X"}
        order.notPending
          order 500
          administrator order.cancel {"orderId":"<1 id>","reason":"gone"}
          administrator order.cancel {"orderId":"<1 id>","reason":"gone"}
        payment.tooSmall
          order 500
          administrator order.confirmPayment {"orderId":"<1 id>","amountCents":499,"paidOn":"2030-06-03","reference":"R"}
        payment.tooLarge
          order 500
          administrator order.confirmPayment {"orderId":"<1 id>","amountCents":501,"paidOn":"2030-06-03","reference":"R"}
        payment.inFuture
          order 500
          administrator order.confirmPayment {"orderId":"<1 id>","amountCents":500,"paidOn":"2030-06-04","reference":"R"}
        """
}
