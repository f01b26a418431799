import ArgumentParser
import CardClient
import JSONRPC

struct Feed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follows what changes in a card system.", subcommands: [FeedFollowing.self])
}

struct FeedFollowing: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Prints each change of a card system as it comes.",
        discussion: "Goes on over broken connections until it is stopped, and misses nothing meanwhile.")

    @Option(help: "The card system.") var cardSystem: String
    @Option(help: "The sequence of the last change that is known; from now on if absent.") var after: Int64?
    @Flag(help: "Print each change as a line of JSON.") var json = false
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let (profile, connection, json) = (try requiredProfile(), connection, json)
        let follow = FeedFollow(
            of: cardSystem, after: after,
            connect: { () async throws(CallFailure) in try await connection.connect(as: profile) },
            show: { entry in Terminal.put((json ? entry.text : FeedLine.text(of: entry)) + "\n") },
            note: { Terminal.note($0) })
        try await follow.run()
    }
}
