extension RefusalScripts {
    /// Corrections of check-ins.
    static let furtherCheckIns = """
        checkIn.notFound
          administrator checkIn.correct {"checkInId":"NOWHERE","points":2,"reason":"r"}
        checkIn.notFound
          administrator checkIn.restore {"checkInId":"NOWHERE","reason":"r"}
        limit.reached
          operating event.setSettings {"eventId":"EVENT1","checkInPoints":1,"checkInLimit":{"volume":1,"period":"day"}}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.cancel {"checkInId":"<2 id>"}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          administrator checkIn.restore {"checkInId":"<2 id>","reason":"r"}
        checkIn.alreadyCancelled
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.cancel {"checkInId":"<1 id>"}
          administrator checkIn.correct {"checkInId":"<1 id>","points":2,"reason":"r"}
        points.alreadySpent
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger spend 1
          administrator checkIn.correct {"checkInId":"<1 id>","points":0,"reason":"r"}
        cardSystem.notFound
          operating checkIn.createCorrectionJob {"cardSystemId":"NOWHERE","eventId":"EVENT1","reason":"r"}
        """
}
