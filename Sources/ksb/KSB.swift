import ArgumentParser
import CardClient
import CardMethods

@main struct KSB: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ksb",
        abstract: "Works with a card system from the command line.",
        discussion: "`ksb help` tells everything; `ksb help METHOD` what a method takes and gives.",
        version: Product.version,
        subcommands: [
            Login.self, Logout.self, WhoAmI.self, Counter.self, CallMethod.self, Methods.self, Help.self, Pillar.self,
            Feed.self, Job.self, Import.self, Listen.self, Ping.self, Completions.self,
        ])

    func run() throws { Terminal.put(HelpText(.init(.process)).overview) }
}
