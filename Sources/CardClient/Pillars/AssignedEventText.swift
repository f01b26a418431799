import JSONRPC

/// Shows at a terminal what a pillar shows on its screen, from the result of `pillar.assignedEvent`.
public struct AssignedEventText: Sendable {
    private let language: Language

    public init(_ language: Language) { self.language = language }

    public func lines(of view: JSON) -> [String] {
        lines(event: view["event"], of: view).map(ShownText.line)
    }

    private func lines(event: JSON?, of view: JSON) -> [String] {
        guard let event else {
            let next = view["nextAt"]?.string.map { "; next at \($0)" } ?? ""
            return ["no event\(next)"] + (view["reasons"]?.array ?? []).flatMap(passedOver)
        }
        let name = language.text(of: event["name"]) ?? ""
        let points = event["checkInPoints"]?.text ?? ""
        let window = "\(event["opensAt"]?.string ?? "") – \(event["closesAt"]?.string ?? "")"
        var lines = [
            "event: \(name) (\(event["source"]?.string ?? ""), \(event["id"]?.string ?? ""))",
            "  points per check-in: \(points)",
            "  opening: \(window); check-ins until \(event["checkInsUntil"]?.string ?? "")",
        ]
        if let code = event["checkInCode"]?.string { lines.append("  check-in code: \(code)") }
        return lines
    }

    private func passedOver(_ source: JSON) -> [String] {
        let event = source["eventId"]?.string.map { " \($0)" } ?? ""
        let name = (source["source"]?.string ?? "") + event
        let reasons = source["reasons"]?.array ?? []
        if reasons.isEmpty { return ["  \(name): nothing to show"] }
        return reasons.map { "  \(name): \(FailureText(language).line(of: $0))" }
    }
}
