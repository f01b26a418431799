extension RefusalScripts {
    /// Of cards, stock and memberships.
    static let stock = """
        stockBatch.notFound
          administrator stockBatch.get {"batchId":"NOWHERE"}
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
        """
    ])
}
