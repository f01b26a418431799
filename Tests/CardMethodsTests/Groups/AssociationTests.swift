import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct AssociationTests {
    private static let ann: JSON = ["passHolderId": .string(Scene.Holder(1).id.text)]
    private static let library = JSON.string(SceneData.Place.library.counter.text)

    /// An association of the scene's card system, which the library has a right to.
    private static func association(_ settings: JSON, right: String, _ scene: Scene) async throws -> JSON {
        let administrator = try await scene.peer(.administrator)
        let plain: JSON = ["cardSystemId": .string(SceneData.here.text), "name": "Chiro"]
        let made = try await scene.ok(administrator, "association.create", plain.merged(with: settings))
        try await scene.ok(
            administrator, "association.setRight",
            ["associationId": made.id, "counterId": library, "right": .string(right)])
        return made.id
    }

    private static func standings(_ scene: Scene) async throws -> [JSON] {
        try await scene.ok(scene.peer(.librarian), "associationMembership.list", ann)["memberships"]!.array!
    }

    @Test func `ASC-01 R-160 a counter sees what it may read, and lets people join where it may write`() async throws {
        try await Scene.with { scene in
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            let id = try await Self.association([:], right: "read", scene)
            let join = Self.ann.merged(with: ["associationId": id, "endDate": "2031-01-01"])
            #expect(await scene.refused(librarian, "associationMembership.create", join) == ["-32004"])
            #expect(await scene.refused(guide, "associationMembership.create", join) == ["association.notFound"])
            #expect(try await scene.ok(guide, "association.list")["items"] == [])
            let read = try await scene.ok(librarian, "association.list")["items"]!.array!
            #expect(read.map { $0["mayWrite"] } == [false])
            #expect(try await Self.standings(scene).isEmpty, "what it may only read is not offered")
            let administrator = try await scene.peer(.administrator)
            let rights = try await scene.ok(
                administrator, "association.setRight",
                ["associationId": id, "counterId": Self.library, "right": "write"])
            #expect(rights["items"]!.array!.map { $0["right"] } == ["write"])
            try await scene.ok(librarian, "associationMembership.create", join)
            try await scene.ok(
                administrator, "association.setRight",
                ["associationId": id, "counterId": Self.library, "right": "none"])
            #expect(
                await scene.refused(librarian, "associationMembership.end", join.without("endDate")) == [
                    "association.notFound"
                ])
            #expect(try await scene.ok(administrator, "association.rights", ["associationId": id])["items"] == [])
        }
    }

    @Test func `ASC-02 R-163 R-164 R-167 a membership is offered, joined, warned of, runs out and begins anew`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let id = try await Self.association(
                ["endDateType": "basedOnRegistrationDate", "termAmount": 1, "termUnit": "months"], right: "write",
                scene)
            let join = Self.ann.merged(with: ["associationId": id])
            let offered = try await Self.standings(scene)
            #expect(offered.map { $0["status"] } == ["none"] && offered[0]["newEndDate"] == "2030-07-03")
            let made = try await scene.ok(librarian, "associationMembership.create", join)
            #expect(made["status"] == "active" && made["endDate"] == "2030-07-03" && made["endsSoon"] == false)
            #expect(try await Self.standings(scene).map { $0["status"] } == ["active"])
            try await scene.move(to: "2030-06-04T12:00:00+02:00")
            #expect(try await Self.standings(scene)[0]["endsSoon"] == true)
            let renewed = try await scene.ok(librarian, "associationMembership.create", join)
            #expect(renewed["endDate"] == "2030-08-03")
            try await scene.move(to: "2030-08-04T00:00:00+02:00")
            #expect(try await Self.standings(scene)[0]["status"] == "expired")
            let anew = try await scene.ok(librarian, "associationMembership.create", join)
            #expect(anew["endDate"] == "2030-09-04" && anew["membershipId"] == made["membershipId"])
            let ended = try await scene.ok(librarian, "associationMembership.end", join)
            #expect(ended["status"] == "none" && ended["renewable"] == true)
            #expect(
                await scene.kind(librarian, "associationMembership.end", join) == "association.membershipNotFound")
            try await scene.ok(librarian, "associationMembership.create", join)
            #expect(try await scene.count("association_membership") == 2)
        }
    }

    @Test func `ASC-02 ASC-03 R-161 R-165 what is asked must fit the association`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let custom = try await Self.association(
                ["endDateType": "custom", "defaultEndDate": "2030-12-31"], right: "write", scene)
            let join = Self.ann.merged(with: ["associationId": custom])
            #expect(await scene.refused(librarian, "associationMembership.create", join) == ["-32602"])
            #expect(try await Self.standings(scene)[0]["newEndDate"] == "2030-12-31")
            let late = join.merged(with: ["endDate": "2030-06-02"])
            #expect(await scene.refused(librarian, "associationMembership.create", late) == ["endDate.tooEarly"])
            // Ann is forty: too old, and it is not offered.
            let young = try await Self.association(
                ["name": "Foo", "endDateType": "basedOnDateOfBirth", "termAmount": 22, "termUnit": "years"],
                right: "write", scene)
            let old = Self.ann.merged(with: ["associationId": young])
            #expect(await scene.refused(librarian, "associationMembership.create", old) == ["association.tooOld"])
            #expect(try await Self.standings(scene).map { $0["associationName"] } == ["Chiro"])
            #expect(
                await scene.refused(
                    librarian, "associationMembership.create", old.merged(with: ["endDate": "2031-01-01"]))
                    == ["-32602"])
            let bad: [JSON] = [
                ["endDateType": "basedOnDateOfBirth"], ["termAmount": 1, "termUnit": "years"],
                ["endDateType": "custom", "termAmount": 1, "termUnit": "years"], ["termUnit": "years"],
                ["endDateType": "basedOnDateOfBirth", "termAmount": 1], ["defaultEndDate": "2030-12-31"],
            ]
            for (index, settings) in bad.enumerated() {
                let update = settings.merged(with: ["associationId": custom])
                let kinds = try await scene.refused(scene.peer(.administrator), "association.update", update)
                #expect(kinds == ["-32602"], "\(index)")
            }
        }
    }

    @Test func `ASC-03 an association is changed, its memberships keep their ends`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let id = try await Self.association([:], right: "write", scene)
            try await scene.ok(
                administrator, "associationMembership.create",
                Self.ann.merged(with: ["associationId": id, "endDate": "2030-12-31"]))
            let changed = try await scene.ok(
                administrator, "association.update",
                [
                    "associationId": id, "version": 1, "endDateType": "basedOnRegistrationDate", "termAmount": 2,
                    "termUnit": "years", "renewableMonthsBefore": 12,
                ])
            #expect(changed["termAmount"] == 2 && changed["termUnit"] == "years" && changed["version"] == 2)
            let standing = try await Self.standings(scene)[0]
            #expect(standing["endDate"] == "2030-12-31" && standing["newEndDate"] == "2034-06-03")
        }
    }
}

extension JSON {
    fileprivate func without(_ name: String) -> JSON {
        .object(JSONObject(object!.members.filter { $0.name != name }))
    }
}
