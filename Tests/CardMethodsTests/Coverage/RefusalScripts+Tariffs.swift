extension RefusalScripts {
    private static let term = """
        "isAutomatic":false,"discount":{"kind":"percentPaid","value":20},"shares":[{"payer":"organizer","weight":1}]
        """

    static let tariffs = """
        distributionKey.notFound
          administrator distributionKey.get {"distributionKeyId":"NOWHERE"}
        distributionKey.nameTaken
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(term)}
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(term)}
        distributionKey.termInPast
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\
        "validFrom":"2030-06-02T00:00:00Z",\(term)}
        distributionKey.termTaken
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\
        "validFrom":"2031-06-02T00:00:00Z",\(term)}
          administrator distributionKey.setTerm {"distributionKeyId":"<1 id>",\
        "validFrom":"2031-06-02T00:00:00Z",\(term)}
        distributionKey.notApplicable
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(automatic)}
          librarian event.setCardSystems {"eventId":"EVENT1","cardSystems":[{"cardSystemId":"HERE",\
        "distributionKeyIds":["<1 id>"]}]}
        cardSystem.notOfOrganizer
          librarian event.setCardSystems {"eventId":"EVENT1","cardSystems":[{"cardSystemId":"THERE"}]}
        event.hasTicketSales
          sell
          librarian event.setCardSystems {"eventId":"EVENT1","cardSystems":[]}
        """

    private static let automatic = term.replacing("\"isAutomatic\":false", with: "\"isAutomatic\":true")

    /// The same kinds by other methods.
    static let furtherTariffs = """
        cardSystem.notFound
          operating distributionKey.create {"cardSystemId":"NOWHERE","name":"K",\(term)}
        cardSystem.notFound
          operating distributionKey.list {"cardSystemId":"NOWHERE"}
        cardSystem.notFound
          librarian event.setCardSystems {"eventId":"EVENT1","cardSystems":[{"cardSystemId":"NOWHERE"}]}
        distributionKey.notFound
          administrator counter.setDistributionKey {"counterId":"LIBRARY","distributionKeyId":"NOWHERE"}
        distributionKey.notFound
          librarian event.setCardSystems {"eventId":"EVENT1","cardSystems":[{"cardSystemId":"HERE",\
        "distributionKeyIds":["NOWHERE"]}]}
        distributionKey.notFound
          administrator distributionKey.history {"distributionKeyId":"NOWHERE"}
        distributionKey.notFound
          administrator distributionKey.setTerm {"distributionKeyId":"NOWHERE",\(term)}
        distributionKey.notFound
          administrator distributionKey.update {"distributionKeyId":"NOWHERE","name":"L"}
        distributionKey.nameTaken
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(term)}
          administrator distributionKey.create {"cardSystemId":"HERE","name":"L",\(term)}
          administrator distributionKey.update {"distributionKeyId":"<2 id>","name":"K"}
        distributionKey.termInPast
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(term)}
          administrator distributionKey.setTerm {"distributionKeyId":"<1 id>",\
        "validFrom":"2030-06-02T00:00:00Z",\(term)}
        municipality.notFound
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\
        "conditions":{"municipalityIds":["NOWHERE"]},\(term)}
        municipality.notFound
          administrator distributionKey.create {"cardSystemId":"HERE","name":"K",\(term)}
          operating clock.advance {"seconds":60}
          administrator distributionKey.setTerm {"distributionKeyId":"<1 id>",\
        "conditions":{"municipalityIds":["NOWHERE"]},\(term)}
        event.notFound
          librarian event.getCardSystems {"eventId":"NOWHERE"}
        """
}
