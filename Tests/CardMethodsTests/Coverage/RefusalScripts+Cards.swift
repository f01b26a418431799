extension RefusalScripts {
    /// Of cards, stock and memberships.
    static let stock = """
        stockBatch.notFound
          administrator stockBatch.get {"batchId":"NOWHERE"}
        card.replaced
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"digital"}
          librarian card.unblock {"cardNumber":"CARD1","reason":"found"}
        membership.notFound
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian passHolder.move {"passHolderId":"HOLDER1","fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "address":{"postalCode":"9900","city":"Eeklo"}}
        membership.exists
          librarian membership.set {"passHolderId":"HOLDER1","cardSystemId":"HERE","cardType":"digital"}
        membership.cardNeeded
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian membership.set {"passHolderId":"HOLDER1","cardSystemId":"HERE","opportunity":{}}
        """

    /// The same kinds by other methods.
    static let furtherCards = scripts([
        """
        card.notFound
          librarian card.history {"cardNumber":"NEW1"}
        card.notFound
          librarian card.delete {"cardNumber":"NEW1","reason":"broken"}
        card.wrongStatus
          librarian card.delete {"cardNumber":"CARD1","reason":"broken"}
        card.notAtCounter
          administrator card.add {"cardSystemId":"HERE","number":"NEW1"}
          librarian card.delete {"cardNumber":"NEW1","reason":"broken"}
        card.notFound
          administrator card.takeBack {"from":"NEW1","to":"NEW2"}
        stockBatch.notFound
          administrator card.takeBack {"batchId":"NOWHERE"}
        card.wrongStatus
          administrator card.takeBack {"cardNumbers":["CARD1"]}
        card.notAtCounter
          administrator card.add {"cardSystemId":"HERE","number":"NEW1"}
          administrator card.handOver {"counterId":"MUSEUM","cardNumbers":["NEW1"]}
          librarian card.takeBack {"cardNumbers":["NEW1"]}
        card.otherCardSystem
          operating card.add {"cardSystemId":"HERE","number":"NEW1"}
          operating card.add {"cardSystemId":"THERE","number":"NEW2"}
          operating card.takeBack {"cardNumbers":["NEW1","NEW2"]}
        counter.notFound
          librarian card.passOn {"counterId":"NOWHERE","cardNumbers":["STOCK"]}
        card.otherCardSystem
          operating card.add {"cardSystemId":"HERE","number":"NEW1"}
          operating card.add {"cardSystemId":"THERE","number":"NEW2"}
          operating card.passOn {"counterId":"ELSEWHERE","cardNumbers":["NEW1","NEW2"]}
        counter.notInCardSystem
          operating card.passOn {"counterId":"ELSEWHERE","cardNumbers":["STOCK"]}
        card.notFound
          librarian card.passOn {"counterId":"MUSEUM","cardNumbers":["NEW1"]}
        card.wrongStatus card.notAtCounter
          administrator card.add {"cardSystemId":"HERE","number":"NEW1"}
          librarian card.passOn {"counterId":"MUSEUM","cardNumbers":["NEW1"]}
        stockBatch.notFound
          librarian card.passOn {"counterId":"MUSEUM","batchId":"NOWHERE"}
        stockBatch.notFound
          administrator card.deliver {"batchId":"NOWHERE"}
        stockBatch.notFound
          administrator card.handOver {"counterId":"MUSEUM","batchId":"NOWHERE"}
        stockBatch.notFound
          librarian card.receive {"batchId":"NOWHERE"}
        cardSystem.notFound
          operating card.add {"cardSystemId":"NOWHERE","number":"NEW1"}
        card.numberTaken
          administrator card.add {"cardSystemId":"HERE","number":"CARD1"}
        card.chipTaken
          administrator card.add {"cardSystemId":"HERE","number":"NEW1","chipNumber":"CHIP1"}
        cardSystem.notFound
          operating counter.setStockThreshold {"counterId":"LIBRARY","cardSystemId":"NOWHERE",\
        "isOpportunityCard":true,"minimum":1}
        counter.notFound
          operating counter.setStockThreshold {"counterId":"NOWHERE","cardSystemId":"HERE",\
        "isOpportunityCard":true,"minimum":1}
        counter.notInCardSystem
          operating counter.setStockThreshold {"counterId":"ELSEWHERE","cardSystemId":"HERE",\
        "isOpportunityCard":true,"minimum":1}
        passHolder.notFound
          administrator passHolder.cards {"passHolderId":"NOWHERE"}
        cardSystem.notFound
          operating membership.preview {"passHolderId":"HOLDER1","cardSystemId":"NOWHERE","cardType":"digital"}
        counter.notFound
          operating membership.preview {"cardSystemId":"HERE","passHolderId":"HOLDER1","counterId":"NOWHERE",\
        "cardType":"digital"}
        counter.notInCardSystem
          operating membership.preview {"cardSystemId":"HERE","passHolderId":"HOLDER1","counterId":"ELSEWHERE",\
        "cardType":"digital"}
        passHolder.notFound
          librarian membership.preview {"cardSystemId":"HERE","passHolderId":"NOWHERE","cardType":"digital"}
        card.notFound
          librarian membership.preview {"cardSystemId":"HERE","heldCardNumber":"NEW1","cardType":"digital"}
        passHolder.notFound
          librarian membership.preview {"cardSystemId":"HERE","heldCardNumber":"GROUP","cardType":"digital"}
        card.notActive
          librarian membership.preview {"cardSystemId":"HERE","heldCardNumber":"STOCK","cardType":"digital"}
        card.blocked
          librarian card.block {"cardNumber":"CARD1","reason":"lost"}
          librarian membership.preview {"cardSystemId":"HERE","heldCardNumber":"CARD1","cardType":"digital"}
        cardSystem.notFound
          operating membership.set {"passHolderId":"HOLDER1","cardSystemId":"NOWHERE","cardType":"digital"}
        counter.notFound
          operating membership.set {"cardSystemId":"HERE","passHolderId":"HOLDER1","counterId":"NOWHERE",\
        "cardType":"digital"}
        counter.notInCardSystem
          operating membership.set {"cardSystemId":"HERE","passHolderId":"HOLDER1","counterId":"ELSEWHERE",\
        "cardType":"digital"}
        passHolder.notFound
          librarian membership.set {"cardSystemId":"HERE","passHolderId":"NOWHERE","cardType":"digital"}
        card.notFound
          librarian membership.set {"cardSystemId":"HERE","heldCardNumber":"NEW1","cardType":"digital"}
        passHolder.notFound
          librarian membership.set {"cardSystemId":"HERE","heldCardNumber":"GROUP","cardType":"digital"}
        card.notActive
          librarian membership.set {"cardSystemId":"HERE","heldCardNumber":"STOCK","cardType":"digital"}
        card.blocked
          librarian card.block {"cardNumber":"CARD1","reason":"lost"}
          librarian membership.set {"cardSystemId":"HERE","heldCardNumber":"CARD1","cardType":"digital"}
        passHolder.blocked
          administrator passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"abuse"}
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"digital"}
        card.notFound
          librarian card.replace {"cardNumber":"NEW1","reason":"loss","cardType":"digital"}
        card.notFound
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"nfcCard","newCardNumber":"NEW1"}
        card.notActive
          librarian card.replace {"cardNumber":"STOCK","reason":"loss","cardType":"digital"}
        card.notAtCounter
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"nfcCard","newCardNumber":"STOCK"}
        card.notInLocalStock card.notAtCounter
          administrator card.add {"cardSystemId":"HERE","number":"NEW1"}
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"nfcCard","newCardNumber":"NEW1"}
        card.notInLocalStock card.notAtCounter card.otherCardSystem
          operating card.add {"cardSystemId":"THERE","number":"NEW1"}
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"nfcCard","newCardNumber":"NEW1"}
        registration.opportunityNotAllowed
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          without passHolder.registerOpportunity
          librarian card.replace {"cardNumber":"CARD1","cardType":"digital","opportunity":{}}
        registration.otherMunicipality
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          without passHolder.registerOpportunityWholeCardSystem
          librarian card.replace {"cardNumber":"CARD1","cardType":"digital","opportunity":{}}
        postalCode.notInCardSystem
          librarian card.replace {"cardNumber":"CARD1","cardType":"digital","opportunity":{}}
        permission.notHeld
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          without passHolder.register
          librarian card.replace {"cardNumber":"CARD1","cardType":"digital","opportunity":{}}
        registration.foreignNotAllowed
          without passHolder.registerForeign
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"digital",\
        "address":{"postalCode":"75001","city":"Paris","country":"FR"}}
        card.replaced
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"digital"}
          librarian card.replace {"cardNumber":"CARD1","reason":"loss","cardType":"digital"}
        address.outsideRegion
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian membership.set {"passHolderId":"HOLDER1","cardSystemId":"HERE","cardType":"digital",\
        "opportunity":{}}
          librarian card.replace {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"loss","cardType":"digital",\
        "address":{"postalCode":"9000","city":"Gent"}}
        membership.exists
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian card.replace {"cardNumber":"CARD1","cardType":"digital","opportunity":{}}
          librarian card.replace {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"loss",\
        "cardType":"digital","opportunity":{}}
        cardSystem.notFound
          operating passHolder.previewMove {"fromCardSystemId":"NOWHERE","toCardSystemId":"HERE",\
        "passHolderId":"HOLDER1","address":{"postalCode":"9900","city":"Eeklo"}}
        passHolder.notFound
          librarian passHolder.previewMove {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "passHolderId":"NOWHERE","address":{"postalCode":"9900","city":"Eeklo"}}
        counter.notFound
          operating passHolder.previewMove {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "passHolderId":"HOLDER1","counterId":"NOWHERE","address":{"postalCode":"9900","city":"Eeklo"}}
        card.notFound
          librarian passHolder.previewMove {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "heldCardNumber":"NEW1","address":{"postalCode":"9900","city":"Eeklo"}}
        cardSystem.notFound
          operating passHolder.move {"fromCardSystemId":"NOWHERE","toCardSystemId":"HERE",\
        "passHolderId":"HOLDER1","address":{"postalCode":"9900","city":"Eeklo"}}
        passHolder.notFound
          librarian passHolder.move {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "passHolderId":"NOWHERE","address":{"postalCode":"9900","city":"Eeklo"}}
        counter.notFound
          operating passHolder.move {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "passHolderId":"HOLDER1","counterId":"NOWHERE","address":{"postalCode":"9900","city":"Eeklo"}}
        card.notFound
          librarian passHolder.move {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "heldCardNumber":"NEW1","address":{"postalCode":"9900","city":"Eeklo"}}
        membership.notFound postalCode.notInCardSystem
          librarian passHolder.move {"fromCardSystemId":"THERE","toCardSystemId":"HERE",\
        "passHolderId":"HOLDER1","address":{"postalCode":"9900","city":"Eeklo"}}
        """
    ])
}
