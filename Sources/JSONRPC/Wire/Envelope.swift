/// A message from the peer, taken apart.
public enum Incoming: Sendable, Hashable {
    case single(Call)
    /// At least one call and no more than allowed, to be carried out and answered in this order.
    case batch([Call])
    /// Nothing in the message can be carried out: answered by this error alone, with id `null`.
    case refused(RPCError)

    /// One element of a message.
    public enum Call: Sendable, Hashable {
        case request(Request)
        /// Not a request: answered under the id, which is `null` where none could be read.
        case invalid(RequestID, RPCError)
        /// An answer to a call of ours. A server that made none ignores it.
        case response(Response)
    }

    /// Parses a message whole.
    public init(message: [UInt8], limits: WireLimits = WireLimits()) {
        do throws(JSONSyntaxError) {
            self.init(try JSON(parsing: message, limits: limits.json), limits: limits)
        } catch {
            self = .refused(.malformed(error))
        }
    }

    public init(_ json: JSON, limits: WireLimits = WireLimits()) {
        guard case .array(let elements) = json else {
            self = .single(Call(json, limits))
            return
        }
        if elements.isEmpty {
            self = .refused(.invalid("the batch is empty"))
        } else if elements.count > limits.batchCalls {
            self = .refused(.batchTooLong(limit: limits.batchCalls))
        } else {
            self = .batch(Self.withoutRepeatedIDs(elements.map { Call($0, limits) }))
        }
    }

    /// Within a batch, too, only the first call with an id is carried out.
    private static func withoutRepeatedIDs(_ calls: [Call]) -> [Call] {
        var seen: Set<RequestID> = [.null]
        return calls.map { call in
            guard case .request(let request) = call, let id = request.id, id != .null else { return call }
            return seen.insert(id).inserted ? call : .invalid(id, RPCError(.requestIDInUse))
        }
    }
}

extension Incoming.Call {
    fileprivate init(_ json: JSON, _ limits: WireLimits) {
        guard case .object(let object) = json else {
            self = .invalid(.null, .invalid("must be an object, not \(json.kind)"))
            return
        }
        let envelope = Envelope(object)
        if envelope.method == nil, envelope.result != nil || envelope.error != nil {
            self = .response(envelope.response(limits))
            return
        }
        var id: RequestID?
        do throws(RPCError) {
            if let json = envelope.id { id = try RequestID(json, limits) }
            self = .request(try envelope.request(id, limits))
        } catch {
            self = .invalid(id ?? .null, error)
        }
    }
}

extension RequestID {
    fileprivate init(_ json: JSON, _ limits: WireLimits) throws(RPCError) {
        switch json {
        case .null: self = .null
        case .integer(let value): self = .integer(value)
        case .number(let text): self = .number(text)
        case .string(let text):
            if text.utf8.count > limits.idBytes { throw .invalid("id must have at most \(limits.idBytes) bytes") }
            self = .string(text)
        default: throw .invalid("id must be a string, a number or null, not \(json.kind)")
        }
    }
}

/// The members of a message that mean something; all others are ignored, as clients add some of their own.
private struct Envelope {
    var version: JSON?
    var id: JSON?
    var method: JSON?
    var params: JSON?
    var result: JSON?
    var error: JSON?
    var traceparent: JSON?

    init(_ object: JSONObject) {
        for member in object.members {
            // No text but these very bytes is `==` to one of these names: none holds a letter with a look-alike.
            switch member.name {
            case "jsonrpc": version = member.value
            case "id": id = member.value
            case "method": method = member.value
            case "params": params = member.value
            case "result": result = member.value
            case "error": error = member.value
            case "traceparent": traceparent = member.value
            default: break
            }
        }
    }

    func request(_ id: RequestID?, _ limits: WireLimits) throws(RPCError) -> Request {
        guard case .string("2.0") = version else { throw .invalid("jsonrpc must be \"2.0\"") }
        guard let method else { throw .invalid("method is missing") }
        guard case .string(let name) = method else { throw .invalid("method must be a string, not \(method.kind)") }
        if !Self.isMethodName(name, limits) {
            throw .invalid("method must have 1 to \(limits.methodCharacters) characters of A-Z a-z 0-9 . _")
        }
        var request = Request(id: id, method: name)
        switch params {
        case nil, .null: break
        case .object(let object): request.params = .named(object)
        case .array(let values): request.params = .positional(values)
        case .some(let other): throw .invalid("params must be an object or an array, not \(other.kind)")
        }
        if case .string(let text) = traceparent, Self.isTraceparent(text) { request.traceparent = text }
        return request
    }

    /// `$/` may come first: it marks the notifications of the Language Server Protocol, whose cancellation we know.
    private static func isMethodName(_ name: String, _ limits: WireLimits) -> Bool {
        guard (1...limits.methodCharacters).contains(name.utf8.count) else { return false }
        let letters = name.utf8.starts(with: "$/".utf8) ? name.utf8.dropFirst(2) : name.utf8[...]
        return !letters.isEmpty
            && letters.allSatisfy { letter in
                switch letter {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Version, trace, parent and flags in lower-case hexadecimal; anything else must not reach a log.
    private static func isTraceparent(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [2, 32, 16, 2]
            && parts.joined().allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    func response(_ limits: WireLimits) -> Response {
        let id = id.flatMap { try? RequestID($0, limits) }
        guard let error, error != .null else { return Response(id: id, outcome: .success(result ?? .null)) }
        let code = error["code"]?.integer.flatMap(Int.init(exactly:)) ?? 0
        return Response(
            id: id,
            outcome: .failure(RPCError(code: code, message: error["message"]?.string ?? "", data: error["data"])))
    }
}
