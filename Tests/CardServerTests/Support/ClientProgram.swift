import CardClient
import Glibc
import TestSupport

/// The client as it is delivered: the built program `ksb` in processes of its own, with sessions in a folder that is
/// gone after its last use.
struct ClientProgram {
    typealias Answer = (end: DaemonProcess.End?, output: String, errors: String)

    let folder: TestFolder
    private let port: Int

    /// - Parameters:
    ///   - port: The daemon's.
    ///   - token: Of a session that was begun before.
    init(_ port: Int, token: String? = nil) throws {
        (folder, self.port) = (try TestFolder(), port)
        if let token {
            let profile = Profile(address: ServerAddress(port: port), token: token, name: "somebody")
            try ProfileStore(Environment(["XDG_STATE_HOME": state])).write(profile, as: "default")
        }
    }

    private var state: String { folder.path + "/state" }

    /// The file of the session.
    var sessionFile: String { state + "/ksb/default.json" }

    /// Starts a command that goes on until it is told to end.
    func start(
        _ arguments: [String], _ environment: [String: String] = [:], input: String = ""
    ) throws -> DaemonProcess {
        try DaemonProcess(
            arguments,
            ["XDG_STATE_HOME": state, "KSB_PORT": "\(port)"].merging(environment) { $1 },
            program: "ksb", database: nil, input: input)
    }

    /// Runs a command to its end.
    @discardableResult
    func callAsFunction(
        _ arguments: String..., environment: [String: String] = [:], input: String = ""
    ) async throws -> Answer {
        let program = try start(arguments, environment, input: input)
        let end = await program.end(within: .seconds(60))
        return (end, program.output, program.errors)
    }
}
