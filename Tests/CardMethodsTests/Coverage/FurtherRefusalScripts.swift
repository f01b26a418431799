extension RefusalScripts {
    /// The same kinds by other methods.
    static let further = scripts([
        absent, furtherTariffs, named, passes, devices, furtherHolders, furtherCheckIns, furtherRedemptions,
        unorganized,
    ])

    /// An event that nobody organizes.
    private static let unorganized = ["get", "set"].map { method in
        """
        organizer.notFound
          operating event.import {"documents":[{"@id":"https://uit.example/event/EVENT3","@type":"Event",\
        "mainLanguage":"nl","name":{"nl":"X"},"calendarType":"permanent","workflowStatus":"APPROVED",\
        "modified":"2030-05-01T09:00:00+02:00"}]}
          operating event.\(method)CardSystems {"eventId":"EVENT3"\(method == "set" ? #","cardSystems":[]"# : "")}
        """
    }.joined(separator: "\n")

    /// A card system that there is not.
    private static let absent = """
        cardSystem.notFound
          operating audit.list {"cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating cardSystem.update {"cardSystemId":"NOWHERE","name":"X"}
        cardSystem.notFound
          operating counter.create {"cardSystemId":"NOWHERE","name":"X"}
        cardSystem.notFound
          operating card.addStock {"cardSystemId":"NOWHERE","status":"stock","cards":[{"number":"NEW1"}]}
        cardSystem.notFound
          operating municipality.add {"cardSystemId":"NOWHERE","name":"X","postalCodes":["9900"]}
        cardSystem.notFound
          operating municipality.get {"cardSystemId":"NOWHERE","postalCode":"9900"}
        cardSystem.notFound
          operating municipality.list {"cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"NOWHERE","reason":"abuse"}
        cardSystem.notFound
          operating passHolder.unblock {"passHolderId":"HOLDER1","cardSystemId":"NOWHERE","reason":"sorry"}
        cardSystem.notFound
          operating register {"cardSystemId":"NOWHERE","counterId":"LIBRARY"}
        cardSystem.notFound
          operating permissionGroup.create {"cardSystemId":"NOWHERE","name":"X","permissions":[]}
        cardSystem.notFound
          operating permissionGroup.list {"cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating pointOfSale.list {"cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating role.grant {"email":"guide@example.org","role":"cardSystemAdministrator","cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating role.revoke {"accountId":"GUIDE","role":"cardSystemAdministrator","cardSystemId":"NOWHERE"}
        cardSystem.notFound
          operating counter.addCardSystem {"counterId":"LIBRARY","cardSystemId":"NOWHERE"}
        cardSystem.notFound
          administrator counter.setPermissionGroups {"counterId":"LIBRARY","cardSystemId":"NOWHERE",\
        "permissionGroupIds":[]}
        """

    /// Other things that are not there, or are taken.
    private static let named = """
        counter.notFound
          administrator card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          administrator card.handOver {"counterId":"NOWHERE","cardNumbers":["NEW1"]}
        counter.notFound
          administrator counter.addCardSystem {"counterId":"NOWHERE","cardSystemId":"HERE"}
        counter.notFound
          administrator pillar.create {"cardSystemId":"HERE","name":"A","counterIds":["NOWHERE"]}
        counter.notFound
          administrator register {"counterId":"NOWHERE"}
        counter.notInCardSystem
          operating register {"counterId":"ELSEWHERE"}
        counter.memberNotFound
          administrator counterMember.setRole {"counterId":"LIBRARY","accountId":"GUIDE","role":"admin"}
        account.notFound
          operating role.grant {"email":"nobody@example.org","role":"operator"}
        municipality.notFound
          operating role.grant {"email":"guide@example.org","role":"municipalityAdministrator",\
        "municipalityId":"NOWHERE"}
        municipality.notFound
          operating role.revoke {"accountId":"GUIDE","role":"municipalityAdministrator","municipalityId":"NOWHERE"}
        municipality.notFound
          administrator counter.update {"counterId":"LIBRARY","municipalityId":"NOWHERE"}
        municipality.notFound
          administrator passHolder.list {"municipalityId":"NOWHERE"}
        municipality.alreadyAdded
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880"]}
          administrator municipality.update {"municipalityId":"<2 id>","name":"Eeklo"}
        postalCode.alreadyAdded
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880"]}
          administrator municipality.update {"municipalityId":"<2 id>","postalCodes":["9900"]}
        permissionGroup.nameTaken
          administrator permissionGroup.create {"cardSystemId":"HERE","name":"X","permissions":[]}
          administrator permissionGroup.update {"permissionGroupId":"<1 id>","name":"Everything"}
        """

    /// Passes.
    private static let passes = """
        card.notActive
          librarian card.block {"cardNumber":"STOCK","reason":"lost"}
        card.notActive
          librarian pass.lookUp {"cardNumber":"STOCK"}
        passHolder.notFound
          librarian pass.lookUp {"insz":"85031799708"}
        card.wrongStatus
          administrator card.receive {"cardNumbers":["CARD1"]}
        card.otherCardSystem
          operating card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          operating card.addStock {"cardSystemId":"THERE","status":"stock","cards":[{"number":"NEW2"}]}
          operating card.receive {"cardNumbers":["NEW1","NEW2"]}
        card.otherCardSystem
          operating card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          operating card.addStock {"cardSystemId":"THERE","status":"stock","cards":[{"number":"NEW2"}]}
          operating card.handOver {"counterId":"LIBRARY","cardNumbers":["NEW1","NEW2"]}
        card.notAtCounter card.otherCardSystem
          operating card.addStock {"cardSystemId":"THERE","status":"stock","cards":[{"number":"NEW1"}]}
          operating card.handOver {"counterId":"ELSEWHERE","cardNumbers":["NEW1"]}
          operating card.receive {"cardNumbers":["NEW1"]}
          librarian register {"cardType":"nfcCard","cardNumber":"NEW1"}
        """

    /// What a device is told.
    private static let devices = """
        card.blocked
          pillar A library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          librarian card.block {"cardNumber":"CARD1","reason":"lost"}
          <2 credential> pillar.balance {"cardNumber":"CARD1"}
        event.unavailable
          pillar A library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          operating import 3 library always
          administrator pillar.setFixedEvent {"pillarId":"<1 pillar id>","eventId":"EVENT3"}
          operating import 3 library cancelled
          <2 credential> pillar.checkIn {"cardNumber":"CARD1"}
        event.notPublished
          pillar A library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          operating import 3 library always
          administrator pillar.setFixedEvent {"pillarId":"<1 pillar id>","eventId":"EVENT3"}
          operating import 3 library draft
          <2 credential> pillar.checkIn {"cardNumber":"CARD1"}
        checkIn.outsideOpening event.noFutureOpening
          pillar A library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          operating import 3 library always
          administrator pillar.setFixedEvent {"pillarId":"<1 pillar id>","eventId":"EVENT3"}
          operating import 3 library past
          <2 credential> pillar.checkIn {"cardNumber":"CARD1"}
        pillar.eventNotAcceptable pillar.noEvent
          pillar A museum
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          operating import 3 museum always
          guide pillar.chooseEvent {"pillarId":"<1 pillar id>","eventId":"EVENT3"}
          operating import 3 library always
          <2 credential> pillar.checkIn {"cardNumber":"CARD1"}
        """
}
