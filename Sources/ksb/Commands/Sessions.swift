import ArgumentParser
import CardClient
import JSONRPC

struct Login: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Logs in and keeps the session.",
        discussion: "The password is asked for, unless it comes from --password-file or KSB_PASSWORD.")

    @Argument(help: "The e-mail address of the account.")
    var email: String

    @Option(help: "A file that holds the password; - for standard input.", completion: .file())
    var passwordFile: String?

    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let address = try connection.newAddress()
        try store.prepare()
        let password = try password()
        let client = try await address.connect(timeoutSeconds: connection.timeout)
        let answer = try await client.call(
            "session.login", params: ["email": .string(email), "password": .string(password)])
        guard let token = answer["token"]?.string else { throw ArgumentProblem("the daemon gave no token") }
        let name = try profileName
        try store.write(Profile(address: address, token: token, name: email), as: name)
        Terminal.put("logged in at \(address) as \(email)\n")
        let counters = answer["session"]?["counters"]?["items"]?.array ?? []
        if let chosen = counters.first(where: { $0["id"] == answer["session"]?["counterId"] }) {
            Terminal.put("counter: \(ShownText.line(chosen["name"]?.string ?? ""))\n")
        } else if !counters.isEmpty {
            Terminal.put("choose one of your \(counters.count) counters: ksb counter NAME\n")
        }
        await client.close()
    }

    private func password() throws -> String {
        if let passwordFile { return try CallArguments.wholeText(of: FileBytes.read(passwordFile), "--password-file") }
        if let password = Environment.process["KSB_PASSWORD"] { return password }
        guard let typed = PasswordPrompt.ask("Password of \(email): ") else {
            throw ArgumentProblem(
                "no password was given: type it at a terminal, or use --password-file or KSB_PASSWORD")
        }
        return typed
    }
}

struct Logout: DaemonCommand {
    static let configuration = CommandConfiguration(abstract: "Ends the session and forgets it.")

    @Flag(help: "Forget a pillar's credential too; the pillar must then be released and set up anew.")
    var forgetCredential = false

    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let profile = try requiredProfile()
        if profile.isPillar, !forgetCredential {
            throw ArgumentProblem(
                "this is the credential of the pillar \(profile.name): --forget-credential forgets it")
        }
        try await end(profile)
        try store.remove(profileName)
    }

    private func end(_ profile: Profile) async throws(CallFailure) {
        do throws(CallFailure) {
            let client = try await connection.connect(as: profile)
            _ = try await client.call("session.logout")
            await client.close()
        } catch {
            if ProgramStatus(error) != .notAllowed { throw error }
            Terminal.note("the session had ended before")
        }
    }
}

struct WhoAmI: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Tells whose session it is and what he may do.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        output.put(try await client.call("session.get"), connection.language)
        await client.close()
    }
}

struct Counter: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists your counters, or chooses the one at which you work.")

    @Argument(help: "Its name, a part of it, or its id; without it your counters are listed.")
    var counter: String?

    @Flag(help: "Leave the counter that is chosen.")
    var none = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        if none {
            _ = try await client.call("session.chooseCounter", params: ["counterId": .null])
            return await client.close()
        }
        let all = try await client.callAllPages(
            "session.counters", params: JSONObject([.init(name: "limit", value: 500)]))
        if let counter {
            let found = try CounterMatch.find(counter, among: all["items"]?.array ?? [])
            _ = try await client.call("session.chooseCounter", params: ["counterId": found["id"] ?? .null])
            output.put(found, connection.language)
        } else {
            output.put(all, connection.language)
        }
        await client.close()
    }
}
