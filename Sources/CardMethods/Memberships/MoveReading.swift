import CardRules
import JSONRPC
import Postgres

/// Somebody moves from one card system's region to another's.
struct MoveParams: Parameters {
    let person: PersonName
    let from: CardSystemID
    let to: CardSystemID
    let change: MembershipChangeParams

    init(from reader: inout ParameterReader) {
        person = PersonName(from: &reader)
        from = reader.required("fromCardSystemId", "The card system whose region the person leaves.")
        to = reader.required("toCardSystemId", "The card system in whose region the person lives from now on.")
        change = MembershipChangeParams(from: &reader)
        if reader.problems.isEmpty {
            if from == to { reader.refuse("toCardSystemId", "must be another one than fromCardSystemId") }
            if change.request.newAddress == nil { reader.refuse("address", "is missing: where the person lives now") }
        }
    }
}

extension Call {
    /// What becomes of a move: the same for preview and move.
    func decide(
        _ params: MoveParams, isChanging: Bool
    ) throws -> (reading: MembershipReading, left: HeldMembership?, decision: MoveDecision) {
        try requireCardSystem(params.from, at: "/fromCardSystemId")
        try requireCardSystem(params.to, at: "/toCardSystemId")
        try require(serves(params.to))
        let reading = try MembershipReading(
            try person(params.person), in: params.to, params.change, isChanging: isChanging, self)
        let left = reading.membership(of: params.from)
        let decision = MoveRules.decide(
            params.change.request,
            MoveFacts(there: reading.facts(leaving: left), left: left?.facts), today: Brussels.date(now))
        return (reading, left, decision)
    }
}
