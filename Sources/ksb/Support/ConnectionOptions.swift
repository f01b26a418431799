import ArgumentParser
import CardClient
import JSONRPC

extension Language: ExpressibleByArgument {}

/// What every command that speaks with a daemon takes.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "The daemon's name or address (KSB_HOST; else the session's, else 127.0.0.1).")
    var host: String?

    @Option(help: "Its port (KSB_PORT; else the session's, else 7420).")
    var port: Int?

    @Flag(help: "Speak TLS (KSB_TLS=1).")
    var tls = false

    @Option(help: "PEM file with the certificates to trust; implies --tls (KSB_CA_FILE).", completion: .file())
    var caFile: String?

    @Option(help: "Which of several sessions beside each other (KSB_PROFILE; else default, for pillars pillar).")
    var profile: String?

    @Option(help: "The language of refusals: nl, en or fr (else from LANG).")
    var lang: Language?

    @Option(help: "Seconds to wait for an answer.")
    var timeout = 60

    func validate() throws {
        if timeout < 1 { throw ValidationError("--timeout must be at least 1") }
        if let profile, !ProfileStore.isName(profile) {
            throw ValidationError("--profile takes letters, digits, hyphens, dots and underscores, at most 64")
        }
    }

    var language: Language { lang ?? Language(.process) }

    private var choice: AddressChoice { AddressChoice(host: host, port: port, isTLS: tls, caFile: caFile) }

    /// Where a new session is to be begun.
    func newAddress() throws -> ServerAddress {
        let address = try choice.address(.process, profile: nil)
        if address.isExposed { Terminal.note("what is sent to \(address) can be read on the way: use --tls") }
        return address
    }

    /// A connection for a stranger.
    func connectAsStranger() async throws -> CardClient {
        try await choice.address(.process, profile: nil).connect(timeoutSeconds: timeout)
    }

    /// A connection for a session.
    func connect(as profile: Profile) async throws(CallFailure) -> CardClient {
        try await profile.connect(to: profile.address, timeoutSeconds: timeout)
    }

    /// Where the session is to be spoken for, checked against what the command line says.
    func checked(_ profile: Profile) throws -> Profile {
        var checked = profile
        checked.address = try choice.address(.process, profile: profile)
        return checked
    }
}
