import ArgumentParser
import CardClient
import JSONRPC

struct Pillar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Acts as a pillar: sets one up, shows its event, checks cards in.",
        discussion:
            "The pillar's credential is a session of its own; it is called `pillar` unless --profile says else.",
        subcommands: [
            PillarSetUp.self, PillarLogin.self, PillarWatchEvent.self, PillarCheckIn.self, PillarBalance.self,
        ])
}

/// A command that speaks for a pillar.
protocol PillarCommand: DaemonCommand {}

extension PillarCommand {
    static var standardProfile: String { "pillar" }
    static var loginLine: String { "ksb pillar set-up NAME CODE DEVICE" }
}

struct PillarSetUp: PillarCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-up", abstract: "Makes this machine a pillar, by its set-up code, and keeps the credential.")

    @Argument(help: "The pillar's name.") var name: String
    @Argument(help: "The set-up code.") var code: String
    @Argument(help: "A label of this machine, such as its serial number.") var device: String
    @Option(help: "The key of a set-up whose answer was lost.") var key: String?
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let address = try connection.newAddress()
        let profile = try profileName
        // The credential is shown once, so what would keep it from being kept is found out before.
        try store.prepare()
        if try store.read(profile) != nil {
            throw ArgumentProblem("there is a session \(profile) already: log it out, or name another by --profile")
        }
        let client = try await address.connect(timeoutSeconds: connection.timeout)
        let answer = try await client.callOnce(
            "pillar.setUp",
            JSONObject([
                .init(name: "pillarName", value: .string(name)), .init(name: "code", value: .string(code)),
                .init(name: "deviceId", value: .string(device)),
                .init(name: "idempotencyKey", value: .string(key ?? IdempotencyKey.random())),
            ]))
        guard let credential = answer["credential"]?.string else {
            throw ArgumentProblem("the daemon gave no credential")
        }
        try store.write(Profile(address: address, token: credential, name: name), as: profile)
        Terminal.put("this machine is the pillar \(ShownText.line(name)) at \(address)\n")
        await client.close()
    }
}

struct PillarLogin: PillarCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Logs in as the pillar, and tells who it is.",
        discussion: "With the first login the set-up is final.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        output.put(try await client.call("session.get"), connection.language)
        await client.close()
    }
}

struct PillarWatchEvent: PillarCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows the pillar's event, and each change as it comes.",
        discussion: "Goes on over broken connections until it is stopped.")

    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let profile = try requiredProfile()
        let (connection, text) = (connection, AssignedEventText(connection.language))
        let watch = PillarWatch(
            connect: { () async throws(CallFailure) in try await connection.connect(as: profile) },
            show: { view in Terminal.put(text.lines(of: view).map { $0 + "\n" }.joined()) },
            note: { Terminal.note($0) })
        try await watch.run()
    }
}

struct PillarCheckIn: PillarCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-in", abstract: "Checks a card in for the event that the pillar shows.")

    @Argument(help: "The 13 digits on the card, or the 14 hexadecimal digits of its chip.") var card: String
    @Option(help: "The key of a check-in whose answer was lost.") var key: String?
    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        let params = [
            CardName.member(card), .init(name: "idempotencyKey", value: .string(key ?? IdempotencyKey.random())),
        ]
        output.put(try await client.callOnce("pillar.checkIn", JSONObject(params)), connection.language)
        await client.close()
    }
}

struct PillarBalance: PillarCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Tells the points of a card; changes nothing.")

    @Argument(help: "The 13 digits on the card, or the 14 hexadecimal digits of its chip.") var card: String
    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        output.put(
            try await client.call("pillar.balance", params: .object(JSONObject([CardName.member(card)]))),
            connection.language)
        await client.close()
    }
}
