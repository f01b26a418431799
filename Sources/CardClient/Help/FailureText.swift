import JSONRPC

/// Says in a person's language why a call failed.
public struct FailureText: Sendable {
    private let language: Language

    public init(_ language: Language) { self.language = language }

    /// The kind first, then one line for everything that stood in the way: its text, the parameter it is about, and
    /// what else is known.
    public func lines(of failure: CallFailure) -> [String] {
        switch failure {
        case .unreachable(let reason): ["no connection: \(reason)"]
        case .connectionLost(let reason): ["the connection broke before the answer: \(reason)"]
        case .timedOut(let seconds): ["no answer within \(seconds) s"]
        case .answered(let error): lines(of: error).map(ShownText.line)
        }
    }

    private func lines(of error: RPCError) -> [String] {
        let kind = error.kind ?? "code \(error.code)"
        if let reasons = error.data?["reasons"]?.array, !reasons.isEmpty {
            return ["refused: \(kind)"] + reasons.map { "  " + line(of: $0) }
        }
        let text = RPCError.Kind(rawValue: kind).map { language.text(of: $0.text) } ?? error.message
        let known = ["kind", "retryable", "problems"]
        let rest = (error.data?.object?.members ?? []).filter { !known.contains($0.name) }
        let problems = (error.data?["problems"]?.array ?? []).map { problem in
            "  \(problem["pointer"]?.string ?? ""): \(problem["reason"]?.string ?? "")"
        }
        return ["\(kind): \(text)\(Self.details(rest))"] + problems
    }

    /// One reason of a refusal, or of an event that is not shown.
    func line(of reason: JSON) -> String {
        let kind = reason["kind"]?.string ?? ""
        let text = language.text(of: reason["message"]) ?? ""
        let named = ["kind", "pointer", "message", "details"]
        let rest = (reason.object?.members ?? []).filter { !named.contains($0.name) }
        let details = rest + (reason["details"]?.object?.members ?? [])
        let pointer = reason["pointer"]?.string.map { " at \($0)" } ?? ""
        return "\(text) [\(kind)]\(pointer)\(Self.details(details))"
    }

    private static func details(_ members: [JSONObject.Member]) -> String {
        if members.isEmpty { return "" }
        return " (" + members.map { "\($0.name)=\(CellText().text(of: $0.value))" }.joined(separator: ", ") + ")"
    }
}
