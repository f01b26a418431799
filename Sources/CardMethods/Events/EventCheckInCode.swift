import CardRules
import JSONRPC

enum EventCheckInCode: Method {
    static let declaration = Declaration(
        "event.checkInCode", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.eventCheckInCode)],
        "Gives the QR code by which pass holders check in themselves at an event of one's own (EVS-03).",
        details: "Refused for an event that takes no check-ins any more (R-098).",
        refusals: [.eventNotFound, .eventNoFutureOpening])

    enum Format: String, WordParameter {
        case svg, png
    }

    struct Params: Parameters {
        let event: EventReference
        let format: Format

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
            format = reader.optional(
                "format", default: .svg, "`svg` prints sharp in any size; `png` has 10 pixels a module.")
        }
    }

    struct Result: ResultRecord {
        let code: String
        let format: Format
        let image: String

        static let fields: [ResultField<Result>] = [
            .init("code", "What the QR code says.") { $0.code },
            .init("format", "Of the image.") { $0.format },
            .init("image", "SVG as text, PNG in base64.") { $0.image },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let event = try call.event(params.event.id)
        try call.requireOrganizer(event.namedOrganizer)
        var facts = event.facts
        facts.checkInMargins = try call.checkInMargins(of: event)
        if EventRules.isOver(facts, at: call.now) { throw Refusal(.eventNoFutureOpening) }
        let picture = try QRCode(text: event.checkInCode)
        let image = params.format == .svg ? picture.svg : Base64.text(picture.png)
        return Result(code: event.checkInCode, format: params.format, image: image)
    }
}
