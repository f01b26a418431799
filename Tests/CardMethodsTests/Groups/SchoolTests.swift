import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct SchoolTests {
    private static let ann: JSON = ["passHolderId": .string(Scene.Holder(1).id.text)]
    private static let library = JSON.string(SceneData.Place.library.counter.text)
    private static let museum = JSON.string(SceneData.Place.museum.counter.text)

    @Test func `SCH-01 a pass holder goes to one school at most, a counter that is one`() async throws {
        try await Scene.with { scene in
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let go = Self.ann.merged(with: ["schoolId": Self.library])
            #expect(await scene.refused(librarian, "passHolder.setSchool", go) == ["school.notFound"])
            for school in [Self.library, Self.museum] {
                try await scene.ok(administrator, "counter.update", ["counterId": school, "isSchool": true])
            }
            try await scene.ok(
                scene.peer(.otherAdministrator), "counter.update",
                ["counterId": .string(SceneData.Place.elsewhere.counter.text), "isSchool": true])
            let schools = try await scene.ok(librarian, "school.list")["items"]!.array!
            #expect(schools.map { $0.id } == [Self.library, Self.museum])
            try await scene.ok(librarian, "passHolder.setSchool", go)
            let moved = try await scene.ok(
                librarian, "passHolder.setSchool", Self.ann.merged(with: ["schoolId": Self.museum]))
            #expect(moved["schoolId"] == Self.museum && moved["schoolName"] == "museum")
            let far = Self.ann.merged(with: ["schoolId": .string(SceneData.Place.elsewhere.counter.text)])
            #expect(await scene.refused(librarian, "passHolder.setSchool", far) == ["school.notFound"])
            let close: JSON = ["counterId": Self.museum, "isSchool": false]
            #expect(await scene.refused(administrator, "counter.update", close) == ["counter.schoolInUse"])
            #expect(try scene.verify() == [:])
            let gone = try await scene.ok(librarian, "passHolder.clearSchool", Self.ann)
            #expect(gone["schoolId"] == nil)
            try await scene.ok(administrator, "counter.update", close)
        }
    }

    @Test func `PH-11 pass holders are filtered by school and by association`() async throws {
        try await Scene.with { scene in
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            func found(_ filter: JSON) async throws -> Int64? {
                try await scene.ok(librarian, "passHolder.list", filter.merged(with: ["withTotal": true]))["total"]?
                    .integer
            }
            try await scene.ok(administrator, "counter.update", ["counterId": Self.library, "isSchool": true])
            try await scene.ok(
                librarian, "passHolder.setSchool", Self.ann.merged(with: ["schoolId": Self.library]))
            #expect(try await found(["schoolId": Self.library]) == 1)
            #expect(try await found(["hasSchool": true]) == 1)
            #expect(try await found(["hasSchool": false]) == 39)
            #expect(await scene.refused(librarian, "passHolder.list", ["schoolId": Self.museum]) == ["school.notFound"])

            let made = try await scene.ok(
                administrator, "association.create", ["cardSystemId": .string(SceneData.here.text), "name": "Chiro"])
            let join: JSON = ["associationId": made.id, "endDate": "2030-06-30"]
            try await scene.ok(administrator, "associationMembership.create", Self.ann.merged(with: join))
            let filter: JSON = ["associationId": made.id]
            #expect(await scene.refused(librarian, "passHolder.list", filter) == ["association.notFound"], "not read")
            try await scene.ok(
                administrator, "association.setRight",
                filter.merged(with: ["counterId": Self.library, "right": "read"]))
            #expect(try await found(filter) == 1)
            try await scene.move(to: "2030-07-01T00:00:00+02:00")
            #expect(try await found(filter) == 0)
            #expect(try await found(filter.merged(with: ["associationStatus": "expired"])) == 1)
            #expect(try await found(filter.merged(with: ["associationStatus": "all"])) == 1)
        }
    }
}
