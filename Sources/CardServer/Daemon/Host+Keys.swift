import CardMethods
import Glibc
import Logging
import Postgres

/// `ksbd keys`: the master keys, which stand in the key file.
extension Host {
    public static func listKeys(configFile: String?, isDemo: Bool) async throws {
        try await KeyCommand(configFile, isDemo).run { try await KeyCommand.tellUses($1) }
    }

    /// Adds a key, waits until all daemons know it, and brings every value under it. Started again it goes on.
    public static func rotateKeys(configFile: String?, isDemo: Bool) async throws {
        let command = try KeyCommand(configFile, isDemo)
        var keys = try command.settings.keys.masters()
        if try await command.isSettled(keys) {
            guard let name = keys.add(Settings.Keys.newKey()) else {
                throw HostFailure(text: "there are 255 keys: none can be named after them")
            }
            try command.settings.keys.write(keys)
            print("Key \(name) is in \(command.settings.keys.file.path): put it into the backup.")
        }
        try await command.run { keys, rotation in
            try await rotation.introduce()
            try await KeyCommand.waitForDaemons(keys.newest, rotation)
            try await rotation.write(with: keys.newest)
            print("Key \(keys.newest) writes.")
            try await rotation.rewrite { done in
                print("\(done) values are under key \(keys.newest) now.")
                fflush(nil)
            }
            try await KeyCommand.tellUses(rotation)
        }
    }

    public static func retireKey(configFile: String?, isDemo: Bool, name: UInt8) async throws {
        let command = try KeyCommand(configFile, isDemo)
        let file = command.settings.keys
        try await command.run { keys, rotation in
            guard keys.keys.count > 1, keys.keys[name] != nil else {
                throw HostFailure(text: "\(file.file.path) has no other key than \(name), or not that one")
            }
            if let use = try await rotation.retire(name) {
                throw HostFailure(text: "key \(name) is still needed: \(use.text)")
            }
            var rest = keys
            rest.remove(name)
            try file.write(rest)
            print("Key \(name) is retired. Take it out of the key files of other hosts.")
        }
    }
}

/// What the commands share: the settings, and the way to the database with the keys of the file.
private struct KeyCommand {
    let settings: Settings
    private let isDemo: Bool
    private let logger: Logger

    init(_ configFile: String?, _ isDemo: Bool) throws {
        settings = try Configuration.load(file: configFile, isDemo: isDemo).settings
        self.isDemo = isDemo
        logger = LogOutput.start(settings.log)
    }

    func run<Value: Sendable>(
        _ body: @Sendable (MasterKeys, KeyRotation) async throws -> Value
    ) async throws -> Value {
        let keys = try settings.keys.masters()
        return try await Host.withDatabase(settings, isDemo: isDemo, logger) { connection in
            let services = Services(
                connection: connection, poolSize: 1, keys: CardMethods.Keys(keys) { keys },
                settings: settings.methods, logger: logger)
            let result = await Result { try await body(keys, KeyRotation(services)) }
            await services.close()
            return try result.get()
        }
    }

    /// Whether the newest key of the file writes already: then a rotation begins, else one goes on.
    func isSettled(_ keys: MasterKeys) async throws -> Bool {
        try await run { _, rotation in
            try await rotation.uses().first { $0.writes }.map { $0.name == keys.newest } ?? (keys.keys.count == 1)
        }
    }

    static func waitForDaemons(_ name: UInt8, _ rotation: KeyRotation) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let hosts = try await rotation.hostsWithout(name)
            if hosts.isEmpty { return }
            guard ContinuousClock.now < end else {
                let names = hosts.joined(separator: ", ")
                throw HostFailure(
                    text: "the daemons on \(names) do not know key \(name): copy the key file there, and run this again"
                )
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    static func tellUses(_ rotation: KeyRotation) async throws {
        for use in try await rotation.uses() { print(use.text) }
    }
}

extension KeyRotation.Use {
    fileprivate var text: String {
        let counts = counts.map { "\($0.column) \($0.count)" }.joined(separator: ", ")
        return "key \(name)" + (writes ? ", writes" : "") + ": " + (counts.isEmpty ? "nothing" : counts)
    }
}
