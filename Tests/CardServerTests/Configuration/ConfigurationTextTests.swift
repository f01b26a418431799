import JSONRPC
import Testing

@testable import CardServer

struct ConfigurationTextTests {
    /// The top of the repository.
    private var top: String { #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } }

    private func file(_ name: String) throws -> String {
        String(decoding: try HostFile.read(top + "/" + name).bytes, as: UTF8.self)
    }

    @Test func `config.example.json holds every setting; ksbd check-config --example writes it`() throws {
        #expect(try file("config.example.json") == Configuration.example)
    }

    @Test func `deploy/settings.md explains every setting; ksbd check-config --reference writes it`() throws {
        #expect(try file("deploy/settings.md") == Configuration.reference)
    }

    @Test func `the example is a configuration that changes nothing`() throws {
        let environment = ["HOME": "/home/an"]
        let example = try Configuration.load(file: top + "/config.example.json", environment: environment)
        let none = try Configuration.load(file: nil, environment: environment)
        #expect(example.entries.map(\.value) == none.entries.map(\.value))
    }

    @Test func `each setting has a key, a variable and an explanation of its own`() {
        let declared = Configuration.declared
        #expect(declared.count > 40)
        #expect(Set(declared.map(\.key)).count == declared.count)
        #expect(Set(declared.map(\.variable)).count == declared.count)
        for setting in declared {
            #expect(setting.key.allSatisfy { $0.isASCII && ($0.isLetter || $0 == ".") }, "\(setting.key)")
            #expect(setting.text.hasSuffix("."), "\(setting.key)")
        }
    }

    @Test func `a key's variable is spelled with underscores`() {
        let variables = Configuration.declared.reduce(into: [:]) { $0[$1.key] = $1.variable }
        #expect(variables["rpc.tls.certificateFile"] == "KSBD_RPC_TLS_CERTIFICATE_FILE")
        #expect(variables["limits.messageBytesBeforeLogin"] == "KSBD_LIMITS_MESSAGE_BYTES_BEFORE_LOGIN")
    }

    @Test func `check-config shows every setting in columns, and of a secret the path only`() throws {
        let secret = try TestFile("hunter2")
        defer { secret.remove() }
        let environment = ["HOME": "/h", "KSBD_KEYS_FILE": secret.path, "KSBD_RPC_PORT": "7000"]
        let text = try Configuration.load(file: nil, environment: environment).text
        let lines = text.split(separator: "\n")
        #expect(lines.count == Configuration.declared.count + 1)
        let columns = lines.map { $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init) }
        #expect(columns.contains(["rpc.port", "7000", "KSBD_RPC_PORT"]))
        #expect(columns.contains(["http.port", "7480", "default"]))
        #expect(columns.contains(["keys.file", secret.path, "(not", "shown)", "KSBD_KEYS_FILE"]))
        #expect(!text.contains("hunter2"))
        let column = try #require(lines[0].firstRange(of: "value")).lowerBound.utf16Offset(in: lines[0])
        for line in lines { #expect(Array(line)[column - 1] == " " && Array(line)[column] != " ", "\(line)") }
    }
}
