import ArgumentParser
import CardClient
import JSONRPC

/// A command that speaks with a daemon, in the name of a session.
protocol DaemonCommand: AsyncParsableCommand {
    /// The session that is meant when none is named.
    static var standardProfile: String { get }
    /// How such a session is begun.
    static var loginLine: String { get }
    var connection: ConnectionOptions { get }
    func perform() async throws
}

extension DaemonCommand {
    static var standardProfile: String { "default" }
    static var loginLine: String { "ksb login EMAIL" }

    /// Performs the command, and turns what goes wrong into lines on standard error and an exit status.
    func run() async throws {
        do {
            try await perform()
        } catch let failure as CallFailure {
            Terminal.note(FailureText(connection.language).lines(of: failure))
            if ProgramStatus(failure) == .notAllowed, isLoginMissing(failure) {
                Terminal.note("log in: \(Self.loginLine)")
            }
            throw ExitCode(ProgramStatus(failure).rawValue)
        } catch let problem as FileProblem {
            Terminal.note(problem.description)
            throw ExitCode(ProgramStatus.file.rawValue)
        } catch let problem as ArgumentProblem {
            Terminal.note(problem.description)
            throw ExitCode(ProgramStatus.usage.rawValue)
        }
    }

    private func isLoginMissing(_ failure: CallFailure) -> Bool {
        if case .answered(let error) = failure { error.kind == RPCError.Kind.loginMissing.rawValue } else { false }
    }

    var profileName: String {
        get throws {
            let name = connection.profile ?? Environment.process["KSB_PROFILE"] ?? Self.standardProfile
            if !ProfileStore.isName(name) { throw ArgumentProblem("KSB_PROFILE is no name for a session") }
            return name
        }
    }

    var store: ProfileStore {
        get throws { try ProfileStore(.process) }
    }

    /// The session, or the failure that there is none.
    func requiredProfile() throws -> Profile {
        guard let profile = try store.read(profileName) else { throw CallFailure.answered(RPCError(.loginMissing)) }
        return try connection.checked(profile)
    }

    /// A connection in the name of the session.
    func connect() async throws -> CardClient { try await connection.connect(as: requiredProfile()) }
}
