import ArgumentParser
import CardClient
import JSONRPC

struct CallMethod: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Calls a method.",
        discussion: "`ksb help METHOD` tells its parameters. Without a session it is called as a stranger.")

    @OptionGroup var call: MethodCall

    @Flag(help: "Get all pages of a list, not only the first.")
    var all = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let params = try call.allParameters()
        let client: CardClient
        if let profile = try store.read(profileName) {
            client = try await connection.connect(as: connection.checked(profile))
        } else {
            client = try await connection.connectAsStranger()
        }
        let result =
            try await all ? client.callAllPages(call.method, params: params) : client.callOnce(call.method, params)
        output.put(result, as: try call.declaration.result, connection.language)
        await client.close()
    }
}

struct Listen: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Subscribes, and prints each notification as a line of JSON.",
        discussion: "`ksb pillar watch` shows a pillar's event for people.")

    @OptionGroup var call: MethodCall
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let params = try call.allParameters()
        let client = try await connect()
        _ = try await client.call("rpc.hello", params: ["client": "ksb", "answersPings": true])
        Terminal.put(try await client.callOnce(call.method, params).text + "\n")
        for await notification in client.notifications {
            let line: JSON = ["method": .string(notification.method), "params": notification.params]
            Terminal.put(line.text + "\n")
        }
        throw CallFailure.connectionLost("the daemon closed the connection")
    }
}

struct Ping: DaemonCommand {
    static let configuration = CommandConfiguration(abstract: "Tells whether the daemon answers, and how fast.")

    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connection.connectAsStranger()
        let hello = try await client.call("rpc.hello", params: ["client": "ksb"])
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await client.call("rpc.ping")
        let microseconds = (clock.now - start) / .microseconds(1)
        let server = "\(hello["server"]?.string ?? "") \(hello["version"]?.string ?? "")"
        let simulated = hello["timeIsSimulated"]?.bool == true ? ", simulated" : ""
        let time = "\(hello["businessTime"]?.string ?? "")\(simulated)"
        Terminal.put(ShownText.line("\(server) answered in \(Int(microseconds)) µs; its time is \(time)") + "\n")
        await client.close()
    }
}
