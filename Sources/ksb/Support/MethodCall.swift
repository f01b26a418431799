import ArgumentParser
import CardClient
import JSONRPC

/// A method and its parameters, as they are typed.
struct MethodCall: ParsableArguments {
    @Argument(
        help: "The method: `ksb methods` lists them.",
        completion: .custom { _, _, prefix in CallCompletion.methods(prefix, among: KnownMethods.all) })
    var method: String

    @Argument(
        help: "name=value, name:=JSON, name=@FILE; `ksb help` tells more.",
        completion: .custom { words, _, prefix in CallCompletion.parameters(words, prefix, among: KnownMethods.all) })
    var parameters: [String] = []

    @Option(help: "Parameters as a JSON object, as @FILE, or - for standard input.")
    var params: String?

    @Option(help: "The idempotency key of a call that writes; one is made up if none is given.")
    var key: String?

    var declaration: MethodDeclaration {
        get throws {
            if let declaration = KnownMethods.all.first(where: { $0.name.isSameBytes(as: method) }) {
                return declaration
            }
            let near =
                Spelling.nearest(to: method, in: KnownMethods.all.map(\.name)).map { "; did you mean \($0)?" } ?? ""
            throw ArgumentProblem("there is no method \(method)\(near)")
        }
    }

    /// The parameters of the call, with its idempotency key if it takes one.
    func allParameters() throws -> JSONObject {
        let declaration = try declaration
        let arguments = CallArguments(of: declaration) { path throws(ArgumentProblem) in
            do throws(FileProblem) {
                return try FileBytes.read(path)
            } catch {
                throw ArgumentProblem(error.description)
            }
        }
        var base = JSONObject()
        if let params {
            guard case .object(let object) = try arguments.raw(params == "-" ? "@-" : params, "--params") else {
                throw ArgumentProblem("--params must be a JSON object")
            }
            base = object
        }
        var all = try arguments.params(from: parameters, base: base)
        let name = MethodDeclaration.idempotencyKey.name
        if let key, !declaration.mutates {
            throw ArgumentProblem("\(method) writes nothing, so --key \(key) is of no use")
        }
        if declaration.mutates, all[name] == nil {
            all.members.append(.init(name: name, value: .string(key ?? IdempotencyKey.random())))
        }
        return all
    }
}

/// A name for a call that nobody else gives.
enum IdempotencyKey {
    static func random() -> String {
        "ksb-" + (0..<4).map { _ in String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16) }.joined()
    }
}

extension CardClient {
    /// Calls a method; if it is not known whether it was carried out, says how to repeat it safely.
    func callOnce(_ method: String, _ params: JSONObject) async throws(CallFailure) -> JSON {
        do {
            return try await call(method, params: .object(params))
        } catch {
            if error.isOutcomeUnknown, let key = params[MethodDeclaration.idempotencyKey.name]?.string {
                Terminal.note("it may have been carried out; repeated with --key \(key) it is carried out once")
            }
            throw error
        }
    }
}
