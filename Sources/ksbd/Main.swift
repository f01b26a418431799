import ArgumentParser
import CardServer

/// The daemon and its tools on the host.
@main struct KSBD: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ksbd", abstract: "Card-system administration daemon.", version: Host.version,
        subcommands: [Serve.self, Migrate.self, CheckConfig.self, OpenRPC.self, Verify.self, Account.self],
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
