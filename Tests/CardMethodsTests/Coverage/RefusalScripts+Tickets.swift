extension RefusalScripts {
    private static let ticket = #""eventId":"CONCERT","regularPriceCents":1000"#

    /// Tariffs and ticket sales.
    static let tickets = """
        event.free
          tickets
          librarian ticketSale.register {"tickets":[{"eventId":"EVENT1","cardNumber":"CARD1","tariffId":"OPPORTUNITY",\
        "regularPriceCents":1000}]}
        event.priceClassUnknown
          tickets
          librarian tariff.compute {"eventId":"CONCERT","cardNumber":"CARD1","priceClasses":["Senior"]}
        opportunityStatus.expired
          tickets
          administrator opportunity.extend {"cardSystemId":"HERE","passHolderId":"HOLDER1","endDate":"2031-05-01"}
          operating clock.set {"to":"2031-07-01T10:00:00+02:00"}
          librarian tariff.compute {"eventId":"CONCERT","cardNumber":"CARD1"}
        opportunityStatus.suspended
          tickets
          administrator opportunity.suspend {"cardSystemId":"HERE","passHolderId":"HOLDER1","until":"2030-07-01",\
        "reason":"moved"}
          librarian tariff.compute {"eventId":"CONCERT","cardNumber":"CARD1"}
        tariff.notAvailable
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"GROUP","tariffId":"OPPORTUNITY"},\
        {\(ticket),"cardNumber":"CARD4","tariffId":"OPPORTUNITY"}]}
        ticketSale.tooManyTickets
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY",\
        "quantity":2}]}
        ticketSale.priceChanged
          tickets
          librarian ticketSale.reserve {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY",\
        "priceCents":100}]}
        ticketSale.notFound
          librarian ticketSale.get {"ticketSaleId":"NOWHERE"}
        ticketSale.severalFit
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"GROUP","tariffId":"OPPORTUNITY",\
        "quantity":2}]}
          librarian ticketSale.cancel {"cardNumber":"GROUP","eventId":"CONCERT"}
        ticketSale.keyNotFitting
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator distributionKey.create {"cardSystemId":"HERE","name":"Later","isAutomatic":false,\
        "discount":{"kind":"percentPaid","value":50},"shares":[{"payer":"partner","weight":1}]}
          administrator ticketSale.correct {"ticketSaleId":"<1 sales 0 id>","distributionKeyId":"<2 id>",\
        "reason":"error"}
        ticketSale.sharesUnchanged
          tickets
          administrator distributionKey.create {"cardSystemId":"HERE","name":"Right","isAutomatic":false,\
        "discount":{"kind":"percentPaid","value":50},"shares":[{"payer":"partner","weight":1}]}
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator ticketSale.correct {"ticketSaleId":"<2 sales 0 id>","distributionKeyId":"<1 id>",\
        "reason":"error"}
          administrator ticketSale.correct {"ticketSaleId":"<2 sales 0 id>","distributionKeyId":"<1 id>",\
        "reason":"error"}
        ticketSale.notCorrected
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator ticketSale.undoCorrection {"ticketSaleId":"<1 sales 0 id>","reason":"error"}
        ticketSale.notReserved
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          librarian ticketSale.confirm {"ticketSaleIds":["<1 sales 0 id>"]}
        ticketSale.lapsed
          tickets
          librarian ticketSale.reserve {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          operating clock.advance {"seconds":900}
          librarian ticketSale.confirm {"ticketSaleIds":["<1 sales 0 id>"]}
        ticketSale.reasonNeeded
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator ticketSale.cancel {"ticketSaleIds":["<1 sales 0 id>"]}
        ticketSale.periodClosed
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          operating clock.set {"to":"2030-07-01T10:00:00+02:00"}
          librarian ticketSale.cancel {"ticketSaleIds":["<1 sales 0 id>"]}
        ticketSale.notCancelled
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator ticketSale.restore {"ticketSaleId":"<1 sales 0 id>","reason":"error"}
        coupon.notGranted
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"COUPON_1"}]}
        coupon.notValidNow
          tickets
          coupon past
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"COUPON_1"}]}
        coupon.spent
          tickets
          coupon spent
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"COUPON_1"}]}
        """

    /// Corrections of sales.
    static let furtherTickets = """
        ticketSale.notFound
          tickets
          administrator ticketSale.correct {"ticketSaleId":"NOWHERE","distributionKeyId":"NOWHERE","reason":"error"}
        ticketSale.notFound
          administrator ticketSale.undoCorrection {"ticketSaleId":"NOWHERE","reason":"error"}
        distributionKey.notFound
          tickets
          librarian ticketSale.register {"tickets":[{\(ticket),"cardNumber":"CARD1","tariffId":"OPPORTUNITY"}]}
          administrator ticketSale.correct {"ticketSaleId":"<1 sales 0 id>","distributionKeyId":"NOWHERE",\
        "reason":"error"}
        distributionKey.notFound
          tickets
          administrator ticketSale.createCorrectionJob {"cardSystemId":"HERE","eventId":"CONCERT",\
        "distributionKeyId":"NOWHERE","reason":"error"}
        cardSystem.notFound
          operating ticketSale.createCorrectionJob {"cardSystemId":"NOWHERE","eventId":"CONCERT","reason":"error"}
        """
}
