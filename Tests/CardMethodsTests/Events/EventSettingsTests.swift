import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Points, limits and the check-in code of an event.
@Suite(.scene) struct EventSettingsTests {
    static let event: JSON = ["eventId": .string(SceneData.alwaysOpen.text)]

    @Test func `EVS-01 an event begins with a point a day, and says what it has`() async throws {
        try await Scene.with { scene in
            let settings = try await scene.ok(scene.peer(.librarian), "event.getSettings", Self.event)
            #expect(settings["checkInPoints"] == 1)
            #expect(settings["checkInLimit"] == ["volume": 1, "period": "day"] && settings["ticketLimit"] == nil)
        }
    }

    @Test func `EVS-02 settings are replaced whole: a limit that is not sent is none`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let full: JSON = [
                "checkInPoints": 3, "checkInLimit": ["volume": 2, "period": "week"],
                "ticketLimit": ["volume": 5, "period": "absolute"],
            ]
            let set = try await scene.ok(librarian, "event.setSettings", full.merged(with: Self.event))
            for name in ["checkInPoints", "checkInLimit", "ticketLimit"] { #expect(set[name] == full[name]) }
            #expect(try await scene.ok(librarian, "event.getSettings", Self.event) == set)
            let bare = try await scene.ok(
                librarian, "event.setSettings", (["checkInPoints": 0] as JSON).merged(with: Self.event))
            #expect(bare["checkInPoints"] == 0 && bare["checkInLimit"] == nil && bare["ticketLimit"] == nil)
            #expect(bare["version"]!.integer! == set["version"]!.integer! + 1)
        }
    }

    static let malformed: [JSON] = [
        [:], ["checkInPoints": -1], ["checkInPoints": 21], ["checkInPoints": "3"], ["checkInPoints": .number("1.5")],
        ["checkInPoints": 1, "checkInLimit": ["volume": 0, "period": "day"]],
        ["checkInPoints": 1, "checkInLimit": ["volume": 1, "period": "hour"]],
        ["checkInPoints": 1, "checkInLimit": ["volume": 1]], ["checkInPoints": 1, "points": 3],
    ]

    @Test(arguments: malformed) func `EVS-01 malformed settings change nothing`(settings: JSON) async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let before = try await scene.ok(librarian, "event.getSettings", Self.event)
            let params = settings.merged(with: Self.event)
            #expect(await scene.refused(librarian, "event.setSettings", params) == ["-32602"])
            #expect(try await scene.ok(librarian, "event.getSettings", Self.event) == before)
        }
    }

    @Test func `EVS-01 the platform may allow fewer points than twenty`() async throws {
        try await Scene.with { scene in
            try await scene.sql("update platform set event_points_maximum = 5")
            let librarian = try await scene.peer(.librarian)
            for (points, isTaken) in [(5, true), (6, false)] {
                let params = (["checkInPoints": .integer(Int64(points))] as JSON).merged(with: Self.event)
                #expect((await scene.refused(librarian, "event.setSettings", params) == ["-32602"]) != isTaken)
            }
        }
    }

    @Test func `EVS-02 only the organizer's counter with the permission and those above it may`() async throws {
        try await Scene.with { scene in
            let set = (["checkInPoints": 2] as JSON).merged(with: Self.event)
            for (person, isAllowed) in [
                (SceneData.Person.operating, true), (.administrator, true), (.librarian, true), (.guide, false),
                (.otherAdministrator, false), (.clerkElsewhere, false),
            ] {
                let peer = try await scene.peer(person)
                for (method, params) in [
                    ("event.setSettings", set), ("event.getSettings", Self.event), ("event.checkInCode", Self.event),
                ] {
                    let kinds = await scene.refused(peer, method, params)
                    #expect((kinds == ["-32004"]) != isAllowed, "\(person) \(method) \(kinds)")
                    let unknown = params.merged(with: ["eventId": .string(SceneData.event(99).text)])
                    #expect(await scene.refused(peer, method, unknown) == ["event.notFound"])
                }
            }
            #expect(await scene.refused(scene.stranger(), "event.setSettings", set) == ["-32001"])
            // PER-07: without the permission not even one's own.
            try await scene.sql("update permission_group set permissions = '{event.read}'")
            await eventually("the permission is gone") {
                await scene.refused(try! scene.peer(.librarian), "event.setSettings", set) == ["-32004"]
            }
        }
    }

    @Test func `a change against an older version is a conflict`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let version = try await scene.ok(librarian, "event.getSettings", Self.event)["version"]!
            let change = (["checkInPoints": 2, "version": version] as JSON).merged(with: Self.event)
            try await scene.ok(librarian, "event.setSettings", change)
            #expect(await scene.refused(librarian, "event.setSettings", change) == ["-32009"])
        }
    }

    @Test func `EVS-03 the QR code says the event's code, as SVG and as PNG`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let stored: String = try await scene.value("select check_in_code from event")
            #expect(stored.utf8.count == 16)
            for format in ["svg", "png"] {
                let answer = try await scene.ok(
                    librarian, "event.checkInCode", Self.event.merged(with: ["format": .string(format)]))
                #expect(answer["code"]?.string == stored && answer["format"]?.string == format)
                let image = try #require(answer["image"]?.string)
                let isDark = format == "svg" ? try Self.svg(image) : try Self.png(image)
                #expect(QRReader.text(isDark) == stored)
            }
            #expect(
                await scene.refused(librarian, "event.checkInCode", Self.event.merged(with: ["format": "pdf"]))
                    == ["-32602"])
        }
    }

    /// The dark modules that an SVG draws, each line of its path a run of them.
    private static func svg(_ image: String) throws -> (Int, Int) -> Bool {
        let path = try #require(image.split(separator: " d=\"").last?.split(separator: "\"").first)
        var dark = Set<[Int]>()
        for run in path.split(separator: "z") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            for x in numbers[0]..<(numbers[0] + numbers[2]) { dark.insert([x - 4, numbers[1] - 4]) }
        }
        return { dark.contains([$0, $1]) }
    }

    /// The dark modules of a PNG of ten pixels a module, within four modules of quiet.
    private static func png(_ image: String) throws -> (Int, Int) -> Bool {
        let bytes = decoded(image)
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
        let side = (QRReader.side + 8) * 10
        #expect(number(16) == side && number(20) == side)
        // One bit a pixel; behind the header the length, the name, and the two headers of the stored data.
        #expect(bytes[24] == 1 && bytes[25] == 0)
        let (first, line) = (33 + 8 + 7, 1 + (side + 7) / 8)
        try #require(bytes.count > first + line * side)
        return { x, y in
            let (column, row) = ((x + 4) * 10 + 5, (y + 4) * 10 + 5)
            return bytes[first + row * line + 1 + column / 8] & (0x80 >> UInt8(column % 8)) == 0
        }
    }

    private static func decoded(_ base64: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for letter in base64.utf8 where letter != UInt8(ascii: "=") {
            buffer = (buffer << 6 | alphabet.firstIndex(of: letter)!) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 0xFF))
            }
        }
        return bytes
    }

    @Test func `R-098 there is no poster for an event that takes no check-ins any more`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(
                2, SceneDocuments.once("2030-06-03T14:00:00+02:00", "2030-06-03T16:00:00+02:00"))
            let params: JSON = ["eventId": .string(event.text)]
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(librarian, "event.checkInCode", params)
            // The last hour after its end still counts.
            try await scene.move(to: "2030-06-03T16:59:00+02:00")
            try await scene.ok(librarian, "event.checkInCode", params)
            try await scene.move(to: "2030-06-03T17:00:01+02:00")
            #expect(await scene.refused(librarian, "event.checkInCode", params) == ["event.noFutureOpening"])
        }
    }
}
