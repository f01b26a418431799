import Glibc
import JSONRPC
import Logging
import Testing

@testable import CardServer

struct ConfigurationTests {
    /// Loads a configuration for a machine of our choice: four cores, not root, home in /home/an.
    private func load(
        _ json: String? = nil, _ environment: [String: String] = [:], isDemo: Bool = false
    ) throws -> Configuration {
        var host = SettingHost(environment: ["HOME": "/home/an"].merging(environment) { $1 })
        (host.isRoot, host.cores, host.workingDirectory) = (false, 4, "/work place")
        guard let json else { return try Configuration.load(file: nil, host: host, isDemo: isDemo) }
        let file = try TestFile(json)
        defer { file.remove() }
        return try Configuration.load(file: file.path, host: host, isDemo: isDemo)
    }

    /// What is wrong with a configuration, as `key: reason`.
    private func problems(
        _ json: String? = nil, _ environment: [String: String] = [:], isDemo: Bool = false
    ) throws -> [String] {
        do {
            _ = try load(json, environment, isDemo: isDemo)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map { "\($0.key): \($0.reason)" }
        }
    }

    @Test func `without file and environment the standards hold`() throws {
        let settings = try load().settings
        #expect(settings.rpc.host == "127.0.0.1" && settings.rpc.port == 7420 && settings.http.port == 7480)
        #expect(settings.rpc.tls.port == nil && settings.database.url == nil)
        #expect(settings.database.batchConnections == 4)
        #expect(settings.data.directory == "/home/an/.local/state/ksbd")
        #expect(settings.keys.file.path == "/home/an/.local/state/ksbd/master.key")
        #expect(settings.log.level == .info && settings.log.format == .auto)
        #expect(settings.login.lockAfterFailures == 5)
        #expect(settings.sessions.idleHours == 12 && settings.sessions.maximumDays == 7)
        #expect(settings.limits.wire == WireLimits())
        #expect(!settings.testing.clockControl && !settings.testing.allowFailpoints)
    }

    @Test func `the environment wins over the file, the file over the standard, and null and empty leave it`() throws {
        let json = """
            {"rpc": {"port": 1, "host": null}, "http": {"port": 2}, "log": {"level": "debug"},
             "limits": {"batchCalls": 7}, "testing": {"clockControl": true}}
            """
        let environment = ["KSBD_RPC_PORT": "3", "KSBD_HTTP_PORT": "", "KSBD_TESTING_CLOCK_CONTROL": "false"]
        let configuration = try load(json, environment)
        let settings = configuration.settings
        #expect(settings.rpc.port == 3 && settings.rpc.host == "127.0.0.1" && settings.http.port == 2)
        #expect(settings.log.level == .debug && settings.limits.wire.batchCalls == 7)
        #expect(!settings.testing.clockControl)
        let sources = configuration.entries.reduce(into: [:]) { $0[$1.setting.key] = $1.source }
        #expect(sources["rpc.port"] == .variable("KSBD_RPC_PORT") && sources["rpc.host"] == .standard)
        guard case .file = sources["http.port"] else { Issue.record("http.port is from the file"); return }
    }

    @Test(arguments: [
        (["STATE_DIRECTORY": "/var/lib/one:/var/lib/two"], true, "/var/lib/one"),
        ([:], true, "/var/lib/ksbd"),
        (["XDG_STATE_HOME": "/state"], false, "/state/ksbd"),
        (["KSBD_DATA_DIRECTORY": "here"], false, "/work place/here"),
    ])
    func `the data directory follows the account and the service manager`(
        environment: [String: String], isRoot: Bool, expected: String
    ) throws {
        var host = SettingHost(environment: environment)
        (host.isRoot, host.workingDirectory) = (isRoot, "/work place")
        let settings = try Configuration.load(file: nil, host: host, isDemo: false).settings
        #expect(settings.data.directory == expected)
    }

    @Test func `without home directory the data directory must be set`() throws {
        #expect(
            try problems(nil, ["HOME": ""]) == ["data.directory: must be set, for there is no home directory"])
    }

    @Test(arguments: [
        (#"{"rpc": {"prot": 1}}"#, "rpc.prot: is not a setting; did you mean rpc.port?"),
        (#"{"rcp": {"port": 1}}"#, "rcp.port: is not a setting; did you mean rpc.port?"),
        (#"{"entirelyUnheardOf": 1}"#, "entirelyUnheardOf: is not a setting"),
        (#"{"rpc": 7420}"#, "rpc: must be an object with settings in it"),
        (#"{"rpc": {"port": {"tcp": 1}}}"#, "rpc.port.tcp: is not a setting; rpc.port takes no object"),
        (
            #"{"rpc.port": 1}"#,
            "rpc.port: must be written as objects within one another, without dots in a name"
        ),
        (#"{"rpc": {"port": 65536}}"#, "rpc.port: must lie between 0 and 65535"),
        (#"{"rpc": {"port": -1}}"#, "rpc.port: must lie between 0 and 65535"),
        (#"{"rpc": {"port": "7420"}}"#, "rpc.port: must be an integer, not a string"),
        (#"{"rpc": {"port": 7420.0}}"#, "rpc.port: must be an integer, not a number"),
        (#"{"rpc": {"host": 1}}"#, "rpc.host: must be a string, not an integer"),
        (#"{"rpc": {"host": ""}}"#, "rpc.host: must not be empty; leave it out, or write null"),
        (#"{"rpc": {"host": "a\nb"}}"#, "rpc.host: must not hold control characters"),
        (#"{"testing": {"clockControl": 1}}"#, "testing.clockControl: must be true or false, not an integer"),
        (
            #"{"log": {"level": "wraning"}}"#,
            "log.level: must be one of trace, debug, info, notice, warning, error, critical; did you mean warning?"
        ),
        (#"[]"#, ": must hold an object, not an array"),
        ("{\n\"rpc\": {,}}", ": is not JSON: unexpectedByte in line 2"),
        (#"{"rpc": {"port": 1, "port": 2}}"#, ": is not JSON: duplicateMember in line 1"),
    ])
    func `a mistake in the file is named with its key`(json: String, expected: String) throws {
        #expect(try problems(json) == [expected])
    }

    @Test(arguments: [
        ("KSBD_RPC_PROT", "1", "KSBD_RPC_PROT: is not a setting; did you mean KSBD_RPC_PORT?"),
        ("KSBD_RPC_PORT", "many", "rpc.port: must be an integer, not a string"),
        ("KSBD_TESTING_CLOCK_CONTROL", "yes", "testing.clockControl: must be true or false, not a string"),
    ])
    func `a mistake in the environment is named`(variable: String, value: String, expected: String) throws {
        #expect(try problems(nil, [variable: value]) == [expected])
    }

    @Test func `the variable that makes a build strict is none of ours to refuse`() throws {
        #expect(try problems(nil, ["KSBD_STRICT": "1"]) == [])
    }

    @Test func `all mistakes are told at once, with where each came from and never the value`() throws {
        do {
            _ = try load(#"{"rpc": {"port": "hunter2"}, "unknown": "hunter3"}"#, ["KSBD_HTTP_PORT": "hunter4"])
            Issue.record("it was accepted")
        } catch let error as ConfigurationError {
            #expect(error.problems.map(\.key) == ["rpc.port", "http.port", "unknown"])
            #expect(error.description.contains("http.port (KSBD_HTTP_PORT): must be an integer"))
            #expect(error.description.contains(".json): must be an integer"))
            #expect(!error.description.contains("hunter"))
        }
    }

    @Test func `a configuration file that is not there is a mistake`() throws {
        #expect(throws: ConfigurationError.self) { try Configuration.load(file: "/nowhere.json", environment: [:]) }
    }
}

/// A file that a test writes.
struct TestFile {
    let path: String

    init(_ text: String, mode: mode_t = 0o600) throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = "\(folder)/ksbd-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).json"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
        try #require(fchmod(descriptor, mode) == 0)
    }

    func remove() { unlink(path) }
}
