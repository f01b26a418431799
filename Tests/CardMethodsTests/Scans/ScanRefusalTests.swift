import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Everything that is against an action alone is against it in a scan.
@Suite(.scene) struct ScanRefusalTests {
    /// The scripts whose last step a scan can take, with that step as an action.
    private static let scripts = (RefusalScripts.first + RefusalScripts.further).compactMap(scanned) + own

    private static let sale = #""type":"sell","tariffId":"OPPORTUNITY""#

    /// What no single method is asked in those.
    private static let own = RefusalScripts.scripts([
        """
        card.notFound
          librarian scan.act {"cardNumber":"NEW1","atomic":true}
        event.notFound
          librarian scan.act {"cardNumber":"CARD1","eventId":"NOWHERE","atomic":true}
        checkIn.outsideOpening event.noFutureOpening
          operating import 3 library past
          librarian scan.act {"cardNumber":"CARD1","eventId":"EVENT3","atomic":true,"actions":[{"type":"checkIn"}]}
        tariff.notAvailable
          tickets
          librarian scan.act {"cardNumber":"CARD4","eventId":"CONCERT","atomic":true,"actions":[{\(sale),\
        "regularPriceCents":1000}]}
        event.priceClassUnknown
          tickets
          librarian scan.act {"cardNumber":"CARD1","eventId":"CONCERT","atomic":true,"actions":[{\(sale),\
        "priceClass":"Senior"}]}
        opportunityStatus.suspended
          tickets
          administrator opportunity.suspend {"cardSystemId":"HERE","passHolderId":"HOLDER1","until":"2030-07-01",\
        "reason":"moved"}
          librarian scan.act {"cardNumber":"CARD1","eventId":"CONCERT","atomic":true,"actions":[{\(sale),\
        "regularPriceCents":1000}]}
        opportunityStatus.expired
          tickets
          administrator opportunity.extend {"cardSystemId":"HERE","passHolderId":"HOLDER1","endDate":"2031-05-01"}
          operating clock.set {"to":"2031-07-01T10:00:00+02:00"}
          librarian scan.act {"cardNumber":"CARD1","eventId":"CONCERT","atomic":true,"actions":[{\(sale),\
        "regularPriceCents":1000}]}
        """
    ])

    private static func scanned(_ script: RefusalScript) -> RefusalScript? {
        let words = script.steps.last!.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, words[0] == "librarian" else { return nil }
        let take = #"{"advantageId":"ADVANTAGE","cardNumber":"CARD1"}"#
        guard let params = try? JSON(parsing: Array(words[2].replacing("TAKE", with: take).utf8)) else { return nil }
        var scanned = script
        guard let scan = act(words[1], params) else { return nil }
        scanned.steps[scanned.steps.count - 1] = "librarian scan.act \(scan.text)"
        return scanned
    }

    private static func act(_ method: String, _ params: JSON) -> JSON? {
        let action: JSON
        var shared = params
        switch method {
        case "checkIn.create": action = Scene.checkIn
        case "advantage.redeem": action = ["type": "redeem", "advantageId": params["advantageId"]!]
        case "ticketSale.register", "ticketSale.reserve":
            guard let items = params["tickets"]?.array, items.count == 1 else { return nil }
            shared = items[0]
            let own = items[0].object!.members.filter { !["eventId", "cardNumber"].contains($0.name) }
            action = (["type": "sell"] as JSON).merged(with: .object(JSONObject(own)))
        default: return nil
        }
        let card: JSON = ["cardNumber": shared["cardNumber"]!, "atomic": true, "actions": [action]]
        return shared["eventId"].map { card.merged(with: ["eventId": $0]) } ?? card
    }

    @Test(arguments: scripts)
    func `each refusal comes about in a scan too, and leaves everything as it was`(_ script: RefusalScript) async throws
    {
        try await Scene.with { scene in
            var run = RefusalScriptRun(scene)
            for step in script.steps.dropLast() {
                let kinds = try await run.take(step)
                try #require(kinds.isEmpty, "\(step): \(kinds)")
            }
            let before = try await scene.contents()
            #expect(try await run.take(script.steps.last!) == script.reasons)
            let after = try await scene.contents()
            #expect(before.filter { after[$0.key] != $0.value }.keys.sorted() == [])
        }
    }

    @Test func `every refusal that is declared comes about`() {
        let reached = Set(Self.scripts.flatMap(\.reasons))
        let declared = ScanAct.declaration.refusals.map(\.rawValue)
        #expect(declared.filter { !reached.contains($0) } == [])
        #expect(declared.count == Set(declared).count)
    }
}
