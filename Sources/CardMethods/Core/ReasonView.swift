import CardRules
import JSONRPC

/// A reason on its own, outside of a refusal.
struct ReasonView: ResultRecord {
    let reason: Reason

    init(_ reason: Reason) { self.reason = reason }

    static let fields: [ResultField<ReasonView>] = [
        .init("kind", "What it means, as in refusals.") { $0.reason.kind.rawValue },
        .init("pointer", "The field it is about, as a JSON pointer.") { $0.reason.pointer },
        .init("message", "For people.") { $0.reason.kind.text },
        .init("details", "What else is known.") { view -> JSON? in
            view.reason.details.isEmpty ? nil : JSON.object(JSONObject(view.reason.details.map(\.member)))
        },
    ]
}

extension Reason.Detail {
    /// The detail as a member of a JSON object.
    var member: JSONObject.Member {
        switch value {
        case .text(let text): .init(name: name, value: .string(text))
        case .number(let number): .init(name: name, value: .integer(Int64(number)))
        case .instant(let instant): .init(name: name, value: .string(instant.text))
        case .list(let items): .init(name: name, value: .array(items.map { .object(JSONObject($0.map(\.member))) }))
        }
    }
}
