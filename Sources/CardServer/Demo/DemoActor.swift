import CardMethods
import JSONRPC

/// Somebody who builds the demo world, through the same methods as everybody else.
struct DemoActor: Sendable {
    let dispatcher: Dispatcher
    let peer: Peer

    init(_ dispatcher: Dispatcher) {
        self.dispatcher = dispatcher
        peer = Peer(source: "demo")
    }

    /// Calls a method; a write gets a key of its own.
    @discardableResult
    func call(_ method: String, _ params: JSON = [:]) async throws -> JSON {
        guard let known = dispatcher.methods[method], case .object(var object) = params else {
            throw DemoFailure(method: method, reason: "there is no such method")
        }
        if known.declaration.mutates {
            var generator = SystemRandomNumberGenerator()
            let key = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
            object.members.append(.init(name: MethodDeclaration.idempotencyKey.name, value: .string("demo-" + key)))
        }
        switch await dispatcher.call(known, object, peer) {
        case .success(let bytes): return try JSON(parsing: bytes, limits: Self.limits)
        case .failure(let error):
            throw DemoFailure(method: method, reason: "\(error.message) \(error.data?.text ?? "")")
        }
    }

    /// Calls a method that makes something; its id.
    func make(_ method: String, _ params: JSON) async throws -> String {
        try await call(method, params).text(at: "id")
    }

    func login(_ email: String) async throws {
        try await call("session.login", ["email": .string(email), "password": .string(DemoWorld.password)])
    }

    /// Our own answers may be larger than what strangers may send.
    private static var limits: JSONLimits {
        JSONLimits()
    }
}

extension JSON {
    /// A text that must be there: by the names that lead to it.
    func text(at path: String...) throws -> String {
        var json = self
        for name in path { json = json[name] ?? .null }
        guard let text = json.string else {
            throw DemoFailure(method: path.joined(separator: "."), reason: "is missing")
        }
        return text
    }
}

/// The demo world could not be built.
struct DemoFailure: Error, CustomStringConvertible {
    let method: String
    let reason: String

    var description: String { "the demo world could not be built: \(method): \(reason)" }
}
