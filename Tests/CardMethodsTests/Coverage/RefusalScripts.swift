import CardRules
import Testing

@testable import CardMethods

/// The steps that lead to a refusal.
struct RefusalScript: Sendable, CustomTestStringConvertible {
    /// The kinds of its reasons.
    let reasons: [String]
    var steps: [String]

    var kind: RefusalKind? { reasons.last.flatMap(RefusalKind.init) }
    var testDescription: String { "\(reasons.joined(separator: ", ")) by \(steps.last ?? "nothing")" }
}

/// How each kind of refusal comes about, in a scene.
enum RefusalScripts {
    /// One for each kind.
    static let first = scripts([
        accounts,
        cardSystems,
        counters,
        cards,
        registrations,
        events,
        pillars,
        checkIns,
        ledger,
        holders,
        stock,
        jobs,
        opportunity,
        prices,
        privacy,
        selfService,
        online,
        groups,
        tariffs,
        coupons,
        tickets,
        advantages,
        redemptions,
    ])

    /// A line with the reasons in their order, of which the last is the kind that the script is for; then the steps, of
    /// which the last is refused. See `RefusalScriptRun` for their words.
    static func scripts(_ texts: [String]) -> [RefusalScript] {
        var scripts: [RefusalScript] = []
        for line in texts.flatMap({ $0.split(separator: "\n") }).map(String.init) {
            if line.hasPrefix(" ") {
                scripts[scripts.count - 1].steps.append(String(line.drop { $0 == " " }))
            } else {
                scripts.append(RefusalScript(reasons: line.split(separator: " ").map(String.init), steps: []))
            }
        }
        return scripts
    }

    private static let accounts = """
        account.notFound
          operating account.unlock {"accountId":"NOWHERE"}
        account.notLocked
          operating account.unlock {"accountId":"GUIDE"}
        account.emailTaken
          stranger account.register {"email":"new@example.org","name":"New","password":"a-long-password"}
          stranger account.register {"email":"NEW@example.org","name":"New","password":"a-long-password"}
        account.credentialsWrong
          stranger session.login {"email":"guide@example.org","password":"not-the-password"}
        token.invalid
          stranger account.confirmEmail {"token":"kse_X"}
        role.alreadyHeld
          operating role.grant {"email":"operating@example.org","role":"operator"}
        role.notFound
          operating role.revoke {"accountId":"GUIDE","role":"operator"}
        role.lastOperator
          operating role.revoke {"accountId":"OPERATING","role":"operator"}
        clock.backwards
          operating clock.set {"to":"2030-06-01T00:00:00Z"}
        clock.real
          without clock.control
          operating clock.advance {"seconds":1}
        """

    private static let cardSystems = """
        cardSystem.notFound
          stranger cardSystem.get {"cardSystemId":"NOWHERE"}
        cardSystem.nameTaken
          operating cardSystem.create {"name":"Here"}
        municipality.notFound
          operating municipality.update {"municipalityId":"NOWHERE","name":"Eeklo"}
        municipality.alreadyAdded
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9901"]}
        postalCode.alreadyAdded
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880","9900"]}
        postalCode.notInCardSystem
          stranger municipality.get {"cardSystemId":"HERE","postalCode":"9000"}
        postalCode.required
          stranger cardSystem.list {"sort":"distance"}
        postalCode.unknown
          stranger cardSystem.list {"sort":"distance","postalCode":"1000"}
        permissionGroup.notFound
          administrator permissionGroup.remove {"permissionGroupId":"NOWHERE"}
        permissionGroup.nameTaken
          administrator permissionGroup.create {"cardSystemId":"HERE","name":"Everything","permissions":[]}
        permissionGroup.inUse
          administrator permissionGroup.remove {"permissionGroupId":"HERE"}
        """

    private static let counters = """
        counter.notFound
          administrator counter.get {"counterId":"NOWHERE"}
        counter.alreadyActive
          administrator counter.activate {"counterId":"LIBRARY"}
        counter.nameTaken
          administrator counter.update {"counterId":"LIBRARY","name":"museum"}
        counter.keyTaken
          administrator counter.update {"counterId":"MUSEUM","key":"K"}
          administrator counter.update {"counterId":"LIBRARY","key":"K"}
        counter.notInCardSystem
          operating card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          operating card.handOver {"counterId":"ELSEWHERE","cardNumbers":["NEW1"]}
        counter.noIbanProposed
          administrator counter.confirmIban {"counterId":"LIBRARY","iban":"BE68539007547034"}
        counter.secondPersonNeeded
          administrator counter.setIban {"counterId":"LIBRARY","iban":"BE68539007547034"}
          administrator counter.confirmIban {"counterId":"LIBRARY","iban":"BE68539007547034"}
        counter.memberNotFound
          administrator counterMember.remove {"counterId":"LIBRARY","accountId":"GUIDE"}
        counter.memberExists
          administrator counterMember.add {"counterId":"MUSEUM","email":"guide@example.org"}
        counter.lastAdmin
          administrator counterMember.setRole {"counterId":"MUSEUM","accountId":"GUIDE","role":"admin"}
          guide counterMember.remove {"counterId":"MUSEUM","accountId":"GUIDE"}
        """

    private static let cards = """
        card.notFound
          librarian card.status {"cardNumber":"NEW1"}
        card.numberTaken
          administrator card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"CARD1"}]}
        card.chipTaken
          administrator card.addStock {"cardSystemId":"HERE","status":"stock",\
        "cards":[{"number":"NEW1","chipNumber":"CHIP1"}]}
        card.wrongStatus
          administrator card.deliver {"cardNumbers":["CARD1"]}
        card.otherCardSystem
          operating card.addStock {"cardSystemId":"HERE","status":"provisioned","cards":[{"number":"NEW1"}]}
          operating card.addStock {"cardSystemId":"THERE","status":"provisioned","cards":[{"number":"NEW2"}]}
          operating card.deliver {"cardNumbers":["NEW1","NEW2"]}
        card.notAtCounter
          administrator card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          administrator card.handOver {"counterId":"MUSEUM","cardNumbers":["NEW1"]}
          librarian card.receive {"cardNumbers":["NEW1"]}
        card.notInLocalStock
          administrator card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          administrator card.handOver {"counterId":"LIBRARY","cardNumbers":["NEW1"]}
          librarian register {"cardType":"nfcCard","cardNumber":"NEW1"}
        card.opportunityMismatch
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator card.addStock {"cardSystemId":"HERE","status":"stock","cards":[{"number":"NEW1"}]}
          administrator card.handOver {"counterId":"LIBRARY","cardNumbers":["NEW1"]}
          librarian card.receive {"cardNumbers":["NEW1"]}
          librarian register {"cardType":"nfcCard","cardNumber":"NEW1","opportunity":{}}
        card.blocked
          librarian card.block {"cardNumber":"CARD1","reason":"lost"}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
        card.notBlocked
          librarian card.unblock {"cardNumber":"CARD1","reason":"found"}
        card.notActive
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"STOCK"}
        card.groupPass
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"GROUP"}
        """

    private static let registrations = """
        passHolder.notFound
          administrator passHolder.get {"passHolderId":"NOWHERE"}
        passHolder.blocked
          administrator passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"abuse"}
          administrator passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"abuse"}
        passHolder.notBlocked
          administrator passHolder.unblock {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"sorry"}
        passHolder.birthDateInFuture
          librarian register {"dateOfBirth":"2030-06-04","insz":null,"parentalConsent":true}
        insz.mismatch
          librarian register {"dateOfBirth":"1985-03-18"}
        insz.alreadyUsed
          librarian register {}
          librarian register {}
        registration.consentMissing
          librarian register {"dateOfBirth":"2014-06-04","insz":null}
        registration.termsMissing
          librarian register {"legalTermsPaper":false}
        registration.optInImpossible
          librarian register {"optIns":["serviceMails"]}
        registration.inszRequired
          without passHolder.registerWithoutInsz
          librarian register {"insz":null}
        registration.foreignNotAllowed
          without passHolder.registerForeign
          librarian register {"address":{"postalCode":"75001","city":"Paris","country":"FR"}}
        registration.opportunityNotAllowed
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          without passHolder.registerOpportunity
          librarian register {"opportunity":{}}
        registration.otherMunicipality
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          without passHolder.registerOpportunityWholeCardSystem
          librarian register {"opportunity":{}}
        """

    private static let events = """
        event.notFound
          stranger event.get {"eventId":"NOWHERE"}
        organizer.notFound
          stranger organizer.get {"organizerId":"NOWHERE"}
        event.documentInvalid
          operating event.import {"documents":[{"@type":"Event"}]}
        event.notImportable
          administrator import 3 elsewhere always
        event.organizerFixed
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          operating import 1 museum always
        event.notPublished
          operating import 3 library draft
          librarian checkIn.create {"eventId":"EVENT3","cardNumber":"CARD1"}
        event.unavailable
          operating import 3 library cancelled
          librarian checkIn.create {"eventId":"EVENT3","cardNumber":"CARD1"}
        event.noFutureOpening
          operating import 3 library past
          librarian event.checkInCode {"eventId":"EVENT3"}
        """

    private static let pillars = """
        pillar.notFound
          administrator pillar.get {"pillarId":"NOWHERE"}
        pillar.nameTaken
          pillar A library
          administrator pillar.create {"cardSystemId":"HERE","name":"A","counterIds":["MUSEUM"]}
        pillar.setUpRefused
          stranger pillar.setUp {"pillarName":"A","code":"0123456789ABCDEF","deviceId":"X"}
        pillar.alreadyConfigured
          pillar A library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"Y"}
        pillar.deviceInUse
          pillar A library
          pillar B library
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          stranger pillar.setUp {"pillarName":"B","code":"<2 setUpCode code>","deviceId":"X"}
        pillar.eventNotAcceptable
          pillar A museum
          guide pillar.chooseEvent {"pillarId":"<1 pillar id>","eventId":"EVENT1"}
        pillar.noFixedEvent
          pillar A library
          administrator pillar.clearFixedEvent {"pillarId":"<1 pillar id>"}
        pillar.noEvent
          pillar A museum
          stranger pillar.setUp {"pillarName":"A","code":"<1 setUpCode code>","deviceId":"X"}
          <2 credential> session.get {}
          <2 credential> pillar.checkIn {"cardNumber":"CARD1"}
        """

    private static let checkIns = """
        checkIn.notFound
          librarian checkIn.cancel {"checkInId":"NOWHERE"}
        checkIn.alreadyCancelled
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.cancel {"checkInId":"<1 id>"}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.cancel {"checkInId":"<1 id>"}
        checkIn.notCancelled
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          administrator checkIn.restore {"checkInId":"<1 id>","reason":"r"}
        checkIn.pointsUnchanged
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          administrator checkIn.correct {"checkInId":"<1 id>","points":1,"reason":"r"}
        permission.notHeld
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.cancel {"checkInId":"<1 id>","force":true,"reason":"mistake"}
        points.alreadySpent
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger spend 1
          librarian checkIn.cancel {"checkInId":"<1 id>"}
        checkIn.outsideOpening
          operating import 3 library future
          librarian checkIn.create {"eventId":"EVENT3","cardNumber":"CARD1"}
        limit.reached
          operating event.setSettings {"eventId":"EVENT1","checkInPoints":1,"checkInLimit":{"volume":1,"period":"day"}}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
        passHolder.blocked membership.noneActive
          administrator passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"abuse"}
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
        """

    /// What no method does yet: keeping points free, and taking a posting back as such.
    private static let ledger = """
        ledger.insufficient
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger spend 2
        ledger.holdEnded
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger hold 1
          ledger void
          ledger void
        ledger.alreadyReversed
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger reverse
          ledger reverse
        """
}
