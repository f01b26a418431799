import CardRules
import JSONRPC

/// What a published document is about.
enum DocumentKind: String, WordParameter {
    case event, place, organizer

    /// The `@type` of a document.
    static let types: KeyValuePairs<String, DocumentKind> = ["Event": .event, "Place": .place, "Organizer": .organizer]

    /// The step of a link before the id.
    static let steps: [String: DocumentKind] = [
        "event": .event, "events": .event, "place": .place, "places": .place, "organizer": .organizer,
        "organizers": .organizer,
    ]
}

/// The link that a document of UiTdatabank is named by, such as `https://io.uitdatabank.be/event/<cdbid>`.
struct DocumentLink {
    let id: ID<Never>
    /// `nil` if the link does not tell.
    let kind: DocumentKind?

    /// Reads a link whose path ends in a UUID; `nil` for anything else.
    init?(text: String) {
        let steps = Self.path(text).split(separator: "/")
        guard let last = steps.last, steps.count > 1, let id = ID<Never>(text: String(last)) else { return nil }
        self.id = id
        kind = DocumentKind.steps[String(steps[steps.count - 2])]
    }

    static func path(_ link: String) -> Substring { link.prefix { $0 != "?" && $0 != "#" } }
}

/// How callers name an event: by its cdbid, or by a whole link of UiTdatabank or an agenda that has the cdbid in its
/// path.
struct EventReference: ParameterValue {
    let id: EventID

    static var schema: Schema { .string(format: "cdbid or link", pattern: nil, lengths: 36...500) }
    static var placeholder: EventReference { EventReference(id: .nil) }

    private init(id: EventID) { self.id = id }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        let steps = DocumentLink.path(text).split(separator: "/")
        guard let id = steps.reversed().compactMap({ EventID(text: String($0)) }).first else {
            throw Unfit("must be a cdbid, or a link with a cdbid in its path")
        }
        self.id = id
    }
}
