import ArgumentParser
import CardClient
import JSONRPC

struct Help: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explains ksb, one of its commands, an area of methods, or a method.")

    @Argument(
        help: "A command, an area or a method; nothing for everything about ksb.",
        completion: .custom { _, _, prefix in CallCompletion.methods(prefix, among: KnownMethods.all) })
    var topic: [String] = []

    @Option(help: "The language of refusals: nl, en or fr (else from LANG).")
    var lang: Language?

    func run() throws {
        let help = HelpText(lang ?? Language(.process))
        if topic.isEmpty { return Terminal.put(help.overview) }
        var command: any ParsableCommand.Type = KSB.self
        for word in topic {
            guard let inner = command.configuration.subcommands.first(where: { $0._commandName == word }) else {
                return try explain(topic.joined(separator: " "), help.methods)
            }
            command = inner
        }
        Terminal.put(KSB.helpMessage(for: command, columns: Terminal.width ?? 100) + "\n")
        // Some commands are called like the area of methods that they serve.
        if topic.count == 1, help.methods.areas.contains(topic[0]) {
            Terminal.put("METHODS:\n" + help.methods.list(area: topic[0]))
        }
    }

    private func explain(_ topic: String, _ methods: MethodHelp) throws {
        do {
            Terminal.put(try methods.text(about: topic))
        } catch {
            Terminal.note(error.description)
            throw ExitCode(ProgramStatus.usage.rawValue)
        }
    }
}

struct Methods: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the methods.")

    @Argument(help: "Only those of an area.") var area: String?
    @Flag(help: "Print the names alone.") var names = false

    func run() throws {
        if names {
            let shown = KnownMethods.all.filter { area == nil || $0.area == area }
            return Terminal.put(shown.map { $0.name + "\n" }.joined())
        }
        Terminal.put(HelpText(.en).methods.list(area: area))
    }
}

struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the completion script of a shell.",
        discussion: "bash: source <(ksb completions bash)")

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.") var shell: Shell

    func run() throws {
        let known: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Terminal.put(KSB.completionScript(for: known) + "\n")
    }
}
