import CardMethods
import Testing

@testable import CardServer

struct SettingRuleTests {
    /// The keys that a configuration given by variables is refused for.
    private func refused(_ environment: [String: String], isDemo: Bool = false) throws -> [String] {
        do {
            let environment = environment.merging(["HOME": "/h"]) { $1 }
            _ = try Configuration.load(file: nil, environment: environment, isDemo: isDemo)
            return []
        } catch { return error.problems.map(\.key) }
    }

    @Test(arguments: [
        (["KSBD_RPC_HOST": "0.0.0.0"], ["rpc.host"]),
        (["KSBD_RPC_HOST": "::"], ["rpc.host"]),
        (["KSBD_RPC_HOST": "cards.example.org"], ["rpc.host"]),
        (["KSBD_RPC_HOST": "127.0.0.1.example.org"], ["rpc.host"]),
        (["KSBD_RPC_HOST": "0.0.0.0", "KSBD_RPC_ALLOW_PLAINTEXT": "true"], []),
        (["KSBD_HTTP_HOST": "10.0.0.1"], ["http.host"]),
        (["KSBD_HTTP_HOST": "10.0.0.1", "KSBD_HTTP_ALLOW_PLAINTEXT": "true"], []),
        (["KSBD_RPC_HOST": "127.8.8.8", "KSBD_HTTP_HOST": "::1"], []),
        (["KSBD_RPC_HOST": "localhost"], []),
    ])
    func `plaintext stays on loopback unless it is allowed`(environment: [String: String], keys: [String]) throws {
        #expect(try refused(environment) == keys)
    }

    @Test(arguments: ["KSBD_TESTING_CLOCK_CONTROL", "KSBD_TESTING_ALLOW_FAILPOINTS", nil])
    func `clock control, failpoints and demo worlds want every listener on loopback`(variable: String?) throws {
        let isDemo = variable == nil
        var environment = variable.map { [$0: "true"] } ?? [:]
        #expect(try refused(environment, isDemo: isDemo) == [])
        environment["KSBD_RPC_HOST"] = "0.0.0.0"
        environment["KSBD_RPC_ALLOW_PLAINTEXT"] = "true"
        #expect(try refused(environment, isDemo: isDemo) == ["rpc.host"])
        environment["KSBD_HTTP_HOST"] = "0.0.0.0"
        environment["KSBD_HTTP_ALLOW_PLAINTEXT"] = "true"
        #expect(try refused(environment, isDemo: isDemo) == ["rpc.host", "http.host"])
    }

    @Test func `a TLS listener needs port, certificate and key, and counts as open`() throws {
        #expect(
            try refused(["KSBD_RPC_TLS_PORT": "7421"]) == ["rpc.tls.certificateFile", "rpc.tls.keyFile"])
        let file = try TestFile("PEM")
        defer { file.remove() }
        var environment = ["KSBD_RPC_TLS_CERTIFICATE_FILE": file.path, "KSBD_RPC_TLS_KEY_FILE": file.path]
        #expect(try refused(environment) == ["rpc.tls.port"])
        environment["KSBD_RPC_TLS_PORT"] = "7421"
        #expect(try refused(environment) == [])
        #expect(try refused(environment, isDemo: true) == ["rpc.tls.host"])
        environment["KSBD_RPC_TLS_HOST"] = "127.0.0.1"
        #expect(try refused(environment, isDemo: true) == [])
    }

    @Test func `two listeners do not share a port, unless the system chooses`() throws {
        #expect(try refused(["KSBD_RPC_PORT": "8000", "KSBD_HTTP_PORT": "8000"]) == ["http.port"])
        #expect(try refused(["KSBD_RPC_PORT": "0", "KSBD_HTTP_PORT": "0"]) == [])
    }

    @Test func `limits that would contradict each other are refused`() throws {
        #expect(try refused(["KSBD_LIMITS_MESSAGE_BYTES": "8192"]) == ["limits.messageBytesBeforeLogin"])
        #expect(try refused(["KSBD_LIMITS_PICTURE_MESSAGE_BYTES": "8192"]) == ["limits.messageBytes"])
        #expect(try refused(["KSBD_LIMITS_IMPORT_MESSAGE_BYTES": "8192"]) == ["limits.pictureMessageBytes"])
        #expect(try refused(["KSBD_LIMITS_OUTBOUND_CLOSE_BYTES": "65536"]) == ["limits.outboundPauseBytes"])
    }

    @Test func `a foreign database needs a master key of its own, and roles need a database`() throws {
        #expect(try refused(["KSBD_DATABASE_URL": "host=db"]) == ["keys.file"])
        #expect(try refused(["KSBD_DATABASE_OWNER_URL": "host=db"]) == ["database.ownerUrl"])
    }

    @Test(arguments: [
        ("postgresql://ksbd:word@db/ksbd", true), ("postgres://ksbd:word@db:5432/ksbd", true),
        ("postgresql://db/ksbd?password=word", true), ("host=db password=word", true),
        ("host=db PASSWORD = word", true),
        ("postgresql://ksbd@db:5432/ksbd", false), ("postgresql://db:5432/ksbd", false), ("host=db user=ksbd", false),
        ("postgresql:///ksbd?host=/run/postgresql", false),
    ])
    func `a password does not stand in a database's address`(url: String, isRefused: Bool) throws {
        let key = try TestFile("key")
        defer { key.remove() }
        let environment = ["KSBD_DATABASE_URL": url, "KSBD_KEYS_FILE": key.path]
        #expect(try refused(environment) == (isRefused ? ["database.url"] : []))
    }

    @Test func `the password of a file is joined to the address in its own form`() throws {
        let key = try TestFile("key")
        let password = try TestFile("it's \\ 100%\n")
        defer {
            key.remove()
            password.remove()
        }
        func conninfo(_ url: String) throws -> String? {
            let environment = [
                "KSBD_DATABASE_URL": url, "KSBD_DATABASE_PASSWORD_FILE": password.path, "KSBD_KEYS_FILE": key.path,
            ]
            return try Configuration.load(file: nil, environment: environment.merging(["HOME": "/h"]) { $1 })
                .settings.database.conninfo()
        }
        let escaped = "%69%74%27%73%20%5C%20%31%30%30%25"
        #expect(try conninfo("host=db") == #"host=db password='it\'s \\ 100%'"#)
        #expect(try conninfo("postgresql://db/ksbd") == "postgresql://db/ksbd?password=" + escaped)
        #expect(try conninfo("postgresql://db/k?a=b") == "postgresql://db/k?a=b&password=" + escaped)
    }

    @Test func `a secret that others may read is refused, as is one that is missing or empty`() throws {
        for (text, mode, reason) in [
            ("word", 0o604 as UInt32, "can be read or written by everybody"),
            ("word", 0o602, "can be read or written by everybody"), ("\n", 0o600, "is empty"),
        ] {
            let file = try TestFile(text, mode: mode)
            defer { file.remove() }
            do {
                _ = try SecretFile(path: file.path).read()
                Issue.record("\(reason): was accepted")
            } catch { #expect(error.description.contains(reason)) }
            #expect(try refused(["KSBD_KEYS_FILE": file.path]) == ["keys.file"])
        }
        #expect(try refused(["KSBD_KEYS_FILE": "/nowhere"]) == ["keys.file"])
        let file = try TestFile("word\n", mode: 0o640)
        defer { file.remove() }
        #expect(try SecretFile(path: file.path).read() == Array("word".utf8))
    }

    @Test func `a failpoint is refused where failpoints are not allowed`() throws {
        #expect(try refused(["KSBD_FAILPOINT": "beforeCommit:kill"]) == ["testing.allowFailpoints"])
        let environment = [
            "KSBD_FAILPOINT": "beforeCommit:kill", "KSBD_TESTING_ALLOW_FAILPOINTS": "true", "HOME": "/h",
        ]
        let settings = try Configuration.load(file: nil, environment: environment).settings
        #expect(settings.testing.failpoint == "beforeCommit:kill")
    }

    @Test func `a master key is made once if none is named, and a named one must be there and whole`() throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let environment = ["KSBD_DATA_DIRECTORY": cluster.directory + "/deep"]
        let keys = try Configuration.load(file: nil, environment: environment).settings.keys
        let made = try keys.masters()
        #expect(Set(made.keys[1] ?? []).count > 8)
        #expect(HostFile.status(keys.file.path).map { $0.mode & 0o777 } == 0o600)
        #expect(try keys.masters() == made)

        for (text, isGood) in [(String(repeating: "0f", count: 32), true), ("0f", false), ("zz", false)] {
            let file = try TestFile(text)
            defer { file.remove() }
            let named = try Configuration.load(file: nil, environment: ["HOME": "/h", "KSBD_KEYS_FILE": file.path])
            if isGood {
                #expect(try named.settings.keys.masters() == MasterKeys(only: Array(repeating: 15, count: 32)))
            } else {
                #expect(throws: ConfigurationError.self) { try named.settings.keys.masters() }
            }
        }
    }
}
