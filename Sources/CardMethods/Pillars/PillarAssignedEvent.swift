import CardRules
import JSONRPC

enum PillarAssignedEvent: MemoryMethod {
    static let declaration = Declaration(
        "pillar.assignedEvent", .reads, by: [.pillar],
        "Tells a pillar which event to show, until when, or why there is none (KIO-02, KIO-03, KIO-04).",
        details: "Served from memory. Ask again at `validUntil`, or subscribe.")

    static var resultSchema: Schema { AssignedEventView.schema }

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? {
        caller.pillar.flatMap { services.directory.assignment(of: $0.id, at: services.clock.now)?.reply }
    }
}
