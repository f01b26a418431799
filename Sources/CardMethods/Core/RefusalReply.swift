import CardRules
import JSONRPC

extension RPCError {
    /// A refusal of the domain on the wire: code 1000, the kind, every failing condition, and the end user's texts.
    static let refusalCode = 1000

    init(_ refusal: Refusal) {
        let reasons = refusal.reasons.map { reason in
            var members: [JSONObject.Member] = [.init(name: "kind", value: .string(reason.kind.rawValue))]
            if let pointer = reason.pointer { members.append(.init(name: "pointer", value: .string(pointer))) }
            members += reason.details.map(\.member)
            members.append(.init(name: "message", value: reason.kind.text.json))
            return JSON.object(JSONObject(members))
        }
        self.init(
            code: Self.refusalCode, message: refusal.kind.text.en,
            data: [
                "kind": .string(refusal.kind.rawValue), "reasons": .array(reasons),
                "retryable": .bool(refusal.kind.isRetryable),
            ])
    }
}

extension RefusalKind {
    /// Whether the same call may succeed later without anything being corrected.
    var isRetryable: Bool { rank == .time || rank == .limit }
}

extension Translated {
    var json: JSON { ["nl": .string(nl), "en": .string(en), "fr": .string(fr)] }
}

extension RPCError {
    /// The error object's text, as it is stored under an idempotency key.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads what `bytes` wrote.
    init(stored bytes: [UInt8]) throws {
        let json = try JSON(parsing: bytes)
        guard let code = json["code"]?.integer, let message = json["message"]?.string else {
            throw RPCError.internalError(reference: "a stored refusal cannot be read")
        }
        self.init(code: Int(code), message: message, data: json["data"])
    }
}
