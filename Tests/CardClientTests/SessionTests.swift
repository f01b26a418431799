import Glibc
import JSONRPC
import Testing

@testable import CardClient

struct SessionTests {
    private static let profile = Profile(
        address: ServerAddress(host: "kaart.example", port: 7421, tls: ClientTLS(caFile: "/ca.pem")), token: "kss_1",
        name: "an@example.org")

    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func `a session is kept as it was, in a file and a folder that only their user can enter`() throws {
        let folder = TemporaryFolder()
        let store = try ProfileStore(Environment(["XDG_STATE_HOME": folder.path + "/a/b", "HOME": "/nowhere"]))
        #expect(try store.read("default") == nil)
        try store.write(Self.profile, as: "default")
        try store.write(Profile(address: ServerAddress(), token: "ksp_2", name: "CID"), as: "pillar")
        #expect(try store.read("default") == Self.profile)
        #expect(try store.read("pillar")?.isPillar == true && !Self.profile.isPillar)
        #expect(Self.mode(store.path(of: "default")) == 0o600 && Self.mode(store.directory) == 0o700)
        try store.remove("default")
        try store.remove("default")
        #expect(try store.read("default") == nil)
        #expect(try store.read("pillar")?.address == ServerAddress())
    }

    @Test func `a file that others can read, a link, and a file that is no session are not used`() throws {
        let folder = TemporaryFolder()
        let store = try ProfileStore(Environment(["XDG_STATE_HOME": folder.path]))
        try store.write(Self.profile, as: "one")
        chmod(store.path(of: "one"), 0o640)
        symlink(store.path(of: "one"), store.path(of: "two"))
        folder.put("{}", in: "ksb/three.json")
        for name in ["one", "two", "three"] {
            #expect(throws: FileProblem.self, "\(name)") { try store.read(name) }
        }
        chmod(store.path(of: "one"), 0o600)
        #expect(try store.read("one") == Self.profile)
    }

    @Test func `a folder that others can enter, or that is a link, keeps no session`() throws {
        let folder = TemporaryFolder()
        let store = try ProfileStore(Environment(["HOME": folder.path]))
        #expect(store.directory == folder.path + "/.local/state/ksb")
        try store.prepare()
        chmod(store.directory, 0o755)
        #expect(throws: FileProblem.self) { try store.write(Self.profile, as: "x") }
        rmdir(store.directory)
        symlink(folder.path, store.directory)
        #expect(throws: FileProblem.self) { try store.write(Self.profile, as: "x") }
        #expect(throws: FileProblem.self) { try ProfileStore(Environment([:])) }
    }

    @Test func `a file that is named is read whole, unless it is missing or too large`() throws {
        let folder = TemporaryFolder()
        folder.put(String(repeating: "x", count: 100_000), in: "file")
        #expect(try FileBytes.read(folder.path + "/file").count == 100_000)
        #expect(throws: FileProblem.self) { try FileBytes.read(folder.path + "/file", atMost: 99_999) }
        #expect(throws: FileProblem.self) { try FileBytes.read(folder.path + "/none") }
    }

    @Test(arguments: [
        ("default", true), ("pillar-2.b_C", true), ("", false), ("..", false), (".x", false), ("a/b", false),
        ("é", false),
        (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
    ])
    func `a session's name cannot lead out of the folder`(name: String, isName: Bool) {
        #expect(ProfileStore.isName(name) == isName)
    }

    @Test(arguments: [
        (AddressChoice(), [:], ServerAddress()),
        (AddressChoice(host: "h", port: 1), [:], ServerAddress(host: "h", port: 1)),
        (AddressChoice(), ["KSB_HOST": "e", "KSB_PORT": "2"], ServerAddress(host: "e", port: 2)),
        (AddressChoice(host: "h"), ["KSB_HOST": "e", "KSB_PORT": "2"], ServerAddress(host: "h", port: 2)),
        (AddressChoice(isTLS: true), [:], ServerAddress(tls: ClientTLS())),
        (AddressChoice(caFile: "/c"), [:], ServerAddress(tls: ClientTLS(caFile: "/c"))),
        (AddressChoice(), ["KSB_TLS": "1", "KSB_CA_FILE": "/c"], ServerAddress(tls: ClientTLS(caFile: "/c"))),
        (AddressChoice(), ["KSB_TLS": "false"], ServerAddress()),
    ])
    func `the address is what the command line says, else the environment, else the standard`(
        choice: AddressChoice, variables: [String: String], address: ServerAddress
    ) throws {
        #expect(try choice.address(Environment(variables), profile: nil) == address)
    }

    @Test(arguments: [
        (AddressChoice(port: 0), [:]), (AddressChoice(port: 65_536), [:]), (AddressChoice(), ["KSB_PORT": "x"]),
        (AddressChoice(), ["KSB_TLS": "yes"]),
    ])
    func `an address that cannot be is refused`(choice: AddressChoice, variables: [String: String]) {
        #expect(throws: ArgumentProblem.self) { try choice.address(Environment(variables), profile: nil) }
    }

    @Test(arguments: [
        (AddressChoice(), true), (AddressChoice(host: "kaart.example"), true), (AddressChoice(port: 7421), true),
        (AddressChoice(isTLS: true), true), (AddressChoice(host: "other.example"), false),
        (AddressChoice(port: 1), false),
    ])
    func `a token goes to the daemon that gave it and to no other`(choice: AddressChoice, isAllowed: Bool) throws {
        let address = try? choice.address(Environment([:]), profile: Self.profile)
        #expect(address == (isAllowed ? Self.profile.address : nil))
    }

    @Test(arguments: [
        (ServerAddress(), false), (ServerAddress(host: "localhost"), false), (ServerAddress(host: "::1"), false),
        (ServerAddress(host: "10.0.0.1"), true), (ServerAddress(host: "10.0.0.1", tls: ClientTLS()), false),
    ])
    func `what leaves the machine without TLS is exposed`(address: ServerAddress, isExposed: Bool) {
        #expect(address.isExposed == isExposed)
    }

    @Test(arguments: [
        ("stadhuis eeklo", "1"), ("BIB", "2"), ("0190-c", "3"), ("Sporthal", "4"), ("zelzate", "5"),
    ])
    func `a counter is meant by its id, its name, or a part that no other has`(wanted: String, id: String) throws {
        #expect(try CounterMatch.find(wanted, among: Self.counters)["number"] == .string(id))
    }

    @Test(arguments: [
        ("zaal", "you work at no counter “zaal”:"), ("hal", "“hal” fits several counters:"),
        ("", "“” fits several counters:"),
    ])
    func `a name that fits no counter or several is told with the counters that there are`(
        wanted: String, first: String
    ) {
        let problem = #expect(throws: ArgumentProblem.self) { try CounterMatch.find(wanted, among: Self.counters) }
        #expect(problem?.description.hasPrefix(first) == true)
    }

    private static let counters: [JSON] = [
        ["number": "1", "id": "0190-a", "name": "Stadhuis Eeklo"],
        ["number": "2", "id": "0190-b", "name": "Bib Evergem"],
        ["number": "3", "id": "0190-c", "name": "Onthaal"], ["number": "4", "id": "0190-d", "name": "Sporthal"],
        ["number": "5", "id": "0190-e", "name": "Sporthal Zelzate"],
    ]

    @Test(
        arguments: [
            (Array("geheim\n".utf8), "geheim"), (Array("a\u{7F}b\r".utf8), "b"), (Array("aé\u{08}c\n".utf8), "ac"),
            (Array("xy\u{15}z\n".utf8), "z"), (Array("abc\u{03}".utf8), nil), (Array("abc\u{04}\n".utf8), nil),
            (Array("\u{7F}\n".utf8), ""),
        ] as [([UInt8], String?)])
    func `a secret is typed with the keys of a line, and can be broken off`(keys: [UInt8], secret: String?) {
        var line = TypedLine()
        var step = TypedLine.Step.more
        for key in keys where step == .more { step = line.take(key) }
        #expect(step == (secret == nil ? .brokenOff : .done))
        if let secret { #expect(String(decoding: line.bytes, as: UTF8.self) == secret) }
    }
}
