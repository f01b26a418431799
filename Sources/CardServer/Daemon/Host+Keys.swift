import CardMethods
import Glibc
import Logging
import Postgres

/// `ksbd keys`: the master keys, which stand in the key file.
extension Host {
    public static func listKeys(configFile: String?, isDemo: Bool) async throws {
        try await withRotation(configFile, isDemo) { _, rotation in
            for use in try await rotation.uses() { print(text(use)) }
        }
    }

    /// Adds a key, waits until all daemons know it, and brings every value under it. Started again it goes on.
    public static func rotateKeys(configFile: String?, isDemo: Bool) async throws {
        let settings = try Configuration.load(file: configFile, isDemo: isDemo).settings
        var keys = try settings.keys.masters()
        if try await isSettled(configFile, isDemo, keys) {
            guard let name = keys.add(Settings.Keys.newKey()) else {
                throw HostFailure(text: "there are 255 keys: none can be named after them")
            }
            try settings.keys.write(keys)
            print("Key \(name) is in \(settings.keys.file.path): put it into the backup.")
        }
        try await withRotation(configFile, isDemo) { keys, rotation in
            try await rotation.introduce()
            try await waitForDaemons(keys.newest, rotation)
            try await rotation.write(with: keys.newest)
            print("Key \(keys.newest) writes.")
            try await rotation.rewrite { done in
                print("\(done) values are under key \(keys.newest) now.")
                fflush(nil)
            }
            for use in try await rotation.uses() { print(text(use)) }
        }
    }

    public static func retireKey(configFile: String?, isDemo: Bool, name: UInt8) async throws {
        let settings = try Configuration.load(file: configFile, isDemo: isDemo).settings
        try await withRotation(configFile, isDemo) { keys, rotation in
            guard keys.keys.count > 1, keys.keys[name] != nil else {
                throw HostFailure(text: "\(settings.keys.file.path) has no other key than \(name), or not that one")
            }
            if let use = try await rotation.retire(name) {
                throw HostFailure(text: "key \(name) is still needed: \(text(use))")
            }
            var rest = keys
            rest.remove(name)
            try settings.keys.write(rest)
            print("Key \(name) is retired. Take it out of the key files of other hosts.")
        }
    }

    /// Whether the newest key of the file writes already: then a rotation begins, else one goes on.
    private static func isSettled(_ configFile: String?, _ isDemo: Bool, _ keys: MasterKeys) async throws -> Bool {
        try await withRotation(configFile, isDemo) { _, rotation in
            try await rotation.uses().first { $0.writes }.map { $0.name == keys.newest } ?? (keys.keys.count == 1)
        }
    }

    private static func waitForDaemons(_ name: UInt8, _ rotation: KeyRotation) async throws {
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

    private static func withRotation<Value: Sendable>(
        _ configFile: String?, _ isDemo: Bool,
        _ body: @Sendable (MasterKeys, KeyRotation) async throws -> Value
    ) async throws -> Value {
        let settings = try Configuration.load(file: configFile, isDemo: isDemo).settings
        let logger = LogOutput.start(settings.log)
        let keys = try settings.keys.masters()
        return try await withDatabase(settings, isDemo: isDemo, logger) { connection in
            let services = Services(
                connection: connection, poolSize: 1, keys: CardMethods.Keys(keys) { keys },
                settings: settings.methods, logger: logger)
            let result = await Result { try await body(keys, KeyRotation(services)) }
            await services.close()
            return try result.get()
        }
    }

    private static func text(_ use: KeyRotation.Use) -> String {
        let counts = use.counts.map { "\($0.column) \($0.count)" }.joined(separator: ", ")
        return "key \(use.name)" + (use.writes ? ", writes" : "") + ": " + (counts.isEmpty ? "nothing" : counts)
    }
}
