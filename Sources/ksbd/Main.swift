import ArgumentParser
import CardServer

/// The daemon and its tools on the host.
@main struct KSBD: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ksbd", abstract: "Card-system administration daemon.", version: Host.version,
        subcommands: [Serve.self, Migrate.self, CheckConfig.self, OpenRPC.self, Verify.self, Account.self, Keys.self],
        defaultSubcommand: Serve.self)
}

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "The configuration file; KSBD_… variables win over it.") var config: String?
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve until told to stop.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Serve a demo world, built at the first start, on loopback only.") var demo = false

    func run() async throws { try await Host.run { try await Host.serve(configFile: common.config, isDemo: demo) } }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's tables up to date.")
    @OptionGroup var common: CommonOptions

    func run() async throws { try await Host.run { try await Host.migrate(configFile: common.config) } }
}

struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config", abstract: "Check the configuration and show what holds.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Print a configuration file with every key instead.") var example = false
    @Flag(help: "Print the reference of all keys instead.") var reference = false

    func run() async throws {
        if example { return Host.printExampleConfig() }
        if reference { return Host.printConfigReference() }
        try await Host.run { try await Host.checkConfig(configFile: common.config) }
    }
}

struct OpenRPC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openrpc", abstract: "Print the interface as an OpenRPC document.")

    func run() { Host.printOpenRPC() }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove every invariant of the stored data again; exit 1 if one does not hold.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Prove the demo world instead.") var demo = false

    func run() async throws {
        try await Host.run { try await Host.verify(configFile: common.config, isDemo: demo) }
    }
}

struct Account: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make an operator's account on this host; the password is read from standard input.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The e-mail address to log in with.") var email: String
    @Option(help: "What the person is called.") var name: String

    func run() async throws {
        try await Host.run { try await Host.createOperator(configFile: common.config, email: email, name: name) }
    }
}

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The master keys of what is encrypted: list, rotate while daemons serve, retire.",
        subcommands: [List.self, Rotate.self, Retire.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what each key is still needed for.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Those of the demo world.") var demo = false

        func run() async throws {
            try await Host.run { try await Host.listKeys(configFile: common.config, isDemo: demo) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a key and bring everything under it; run again, it goes on where it was stopped.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "In the demo world.") var demo = false

        func run() async throws {
            try await Host.run { try await Host.rotateKeys(configFile: common.config, isDemo: demo) }
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take out a key that nothing needs any more.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "In the demo world.") var demo = false
        @Argument(help: "The key's name, as `ksbd keys list` shows it.") var name: UInt8

        func run() async throws {
            try await Host.run { try await Host.retireKey(configFile: common.config, isDemo: demo, name: name) }
        }
    }
}
