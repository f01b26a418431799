import JSONRPC

/// Where a daemon listens.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    public var host: String
    public var port: Int
    /// `nil` for plain TCP.
    public var tls: ClientTLS?

    public init(host: String = "127.0.0.1", port: Int = 7420, tls: ClientTLS? = nil) {
        (self.host, self.port, self.tls) = (host, port, tls)
    }

    public var description: String {
        (host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)") + (tls == nil ? "" : " (TLS)")
    }

    /// Whether what is sent leaves the machine readable for others.
    public var isExposed: Bool {
        tls == nil && !(host == "localhost" || host == "::1" || host.hasPrefix("127."))
    }

    public func connect(timeoutSeconds: Int) async throws(CallFailure) -> CardClient {
        try await CardClient.connect(host: host, port: port, tls: tls, timeoutSeconds: timeoutSeconds)
    }

    init?(_ json: JSON?) {
        guard let host = json?["host"]?.string, let port = json?["port"]?.integer.flatMap(Int.init(exactly:)) else {
            return nil
        }
        let isTLS = json?["tls"]?.bool ?? false
        self.init(host: host, port: port, tls: isTLS ? ClientTLS(caFile: json?["caFile"]?.string) : nil)
    }

    var json: JSON {
        var members: [JSONObject.Member] = [
            .init(name: "host", value: .string(host)), .init(name: "port", value: .integer(Int64(port))),
            .init(name: "tls", value: .bool(tls != nil)),
        ]
        if let caFile = tls?.caFile { members.append(.init(name: "caFile", value: .string(caFile))) }
        return .object(JSONObject(members))
    }
}

/// Where to connect to, as the command line says it; what it leaves open comes from the environment, then from the
/// session, then from the standard.
public struct AddressChoice: Sendable, Hashable {
    public var host: String?
    public var port: Int?
    public var isTLS: Bool
    public var caFile: String?

    public init(host: String? = nil, port: Int? = nil, isTLS: Bool = false, caFile: String? = nil) {
        (self.host, self.port, self.isTLS, self.caFile) = (host, port, isTLS, caFile)
    }

    /// - Parameter profile: Where the session was begun. Its token goes to that daemon only: an address that differs is
    ///   refused.
    public func address(_ environment: Environment, profile: Profile?) throws(ArgumentProblem) -> ServerAddress {
        let wanted = try filled(from: environment)
        guard let profile else { return wanted.address(else: ServerAddress()) }
        let address = wanted.address(else: profile.address)
        if address.host != profile.address.host || address.port != profile.address.port
            || (address.tls == nil) != (profile.address.tls == nil)
        {
            throw ArgumentProblem(
                "the session of \(profile.name) is with \(profile.address), not with \(address): log in there, "
                    + "under another --profile if you like")
        }
        return address
    }

    private func filled(from environment: Environment) throws(ArgumentProblem) -> AddressChoice {
        var choice = self
        choice.host = host ?? environment["KSB_HOST"]
        choice.caFile = caFile ?? environment["KSB_CA_FILE"]
        if port == nil, let text = environment["KSB_PORT"] {
            guard let number = Int(text) else { throw ArgumentProblem("KSB_PORT is no number") }
            choice.port = number
        }
        if let port = choice.port, !(1...65_535).contains(port) {
            throw ArgumentProblem("a port lies between 1 and 65535")
        }
        if let text = environment["KSB_TLS"] {
            guard let isOn = ["1": true, "true": true, "0": false, "false": false][text] else {
                throw ArgumentProblem("KSB_TLS is neither true nor false")
            }
            choice.isTLS = isTLS || isOn
        }
        choice.isTLS = choice.isTLS || choice.caFile != nil
        return choice
    }

    private func address(else standard: ServerAddress) -> ServerAddress {
        ServerAddress(
            host: host ?? standard.host, port: port ?? standard.port,
            tls: isTLS ? ClientTLS(caFile: caFile ?? standard.tls?.caFile) : standard.tls)
    }
}
