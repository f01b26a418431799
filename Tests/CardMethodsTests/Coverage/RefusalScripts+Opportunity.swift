extension RefusalScripts {
    static let opportunity = """
        opportunityStatus.none
          administrator opportunity.resume {"cardSystemId":"HERE","cardNumber":"CARD1"}
        opportunityStatus.datePassed
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{}}
          administrator opportunity.suspend {"cardSystemId":"HERE","passHolderId":"<2 passHolderId>",\
        "until":"2030-06-02","reason":"r"}
        opportunityStatus.endsLater
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{}}
          librarian opportunity.extend {"cardSystemId":"HERE","insz":"85031799708","endDate":"2031-04-29"}
        opportunityStatus.endsEarlier
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{}}
          administrator opportunity.end {"cardSystemId":"HERE","insz":"85031799708","endDate":"2031-04-30","reason":"r"}
        opportunityStatus.notSuspended
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{}}
          administrator opportunity.resume {"cardSystemId":"HERE","insz":"85031799708"}
        """
}
