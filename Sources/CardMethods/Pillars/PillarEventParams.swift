import CardRules
import JSONRPC

/// A pillar and an event.
struct PillarEventParams: Parameters {
    let pillar: PillarID
    let event: EventID

    init(from reader: inout ParameterReader) {
        pillar = reader.required("pillarId", "The pillar.")
        event = reader.required("eventId", "The event's cdbid.")
    }
}

/// A pillar.
struct PillarParams: Parameters {
    let pillar: PillarID
    init(from reader: inout ParameterReader) { pillar = reader.required("pillarId", "The pillar.") }
}
