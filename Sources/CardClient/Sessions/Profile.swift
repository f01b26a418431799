import JSONRPC

/// A session that `ksb` remembers between commands.
public struct Profile: Sendable, Hashable {
    /// Where the session was begun; the token is sent nowhere else.
    public var address: ServerAddress
    /// The session's token, or a pillar's credential.
    public var token: String
    /// Whose session it is: an e-mail address or a pillar's name.
    public var name: String

    public init(address: ServerAddress, token: String, name: String) {
        (self.address, self.token, self.name) = (address, token, name)
    }

    /// Whether it is a pillar's credential, which is given once.
    public var isPillar: Bool { token.hasPrefix("ksp_") }

    init?(_ json: JSON) {
        guard let address = ServerAddress(json["address"]), let token = json["token"]?.string,
            let name = json["name"]?.string
        else { return nil }
        self.init(address: address, token: token, name: name)
    }

    var json: JSON { ["address": address.json, "token": .string(token), "name": .string(name)] }

    /// Opens a connection that speaks for this session.
    public func connect(to address: ServerAddress, timeoutSeconds: Int) async throws(CallFailure) -> CardClient {
        let client = try await address.connect(timeoutSeconds: timeoutSeconds)
        do {
            _ = try await client.call("session.resume", params: ["token": .string(token)])
            return client
        } catch {
            await client.close()
            throw error
        }
    }
}
