import JSONRPC

/// The settings that hold, and where each came from.
public struct Configuration: Sendable {
    public let settings: Settings
    let entries: [SettingReader.Entry]

    /// Reads the file, then the environment over it, then the standards below both.
    ///
    /// - Parameters:
    ///   - file: The configuration file; `nil` for none.
    ///   - environment: By default that of this process. `KSBD_RPC_PORT` stands for `rpc.port`.
    ///   - isDemo: Whether a demo world will be served, which must not leave loopback.
    /// - Throws: All that is wrong, at once.
    public static func load(
        file: String?, environment: [String: String]? = nil, isDemo: Bool = false
    ) throws(ConfigurationError) -> Configuration {
        let environment = environment ?? SettingHost.processEnvironment()
        return try load(file: file, host: SettingHost(environment: environment), isDemo: isDemo)
    }

    static func load(file: String?, host: SettingHost, isDemo: Bool) throws(ConfigurationError) -> Configuration {
        var reader = SettingReader(SettingSources(path: file, environment: host.environment))
        let settings = Settings(from: &reader, on: host)
        settings.refuseContradictions(&reader, isDemo: isDemo)
        let problems = reader.finish()
        if !problems.isEmpty { throw ConfigurationError(problems: problems) }
        return Configuration(settings: settings, entries: reader.entries)
    }

    /// Every setting, in the order of the reference.
    public static var declared: [Setting] {
        var reader = SettingReader()
        _ = Settings(from: &reader, on: SettingHost(environment: ["HOME": "/"]))
        return reader.entries.map(\.setting)
    }
}
