import CardRules
import JSONRPC
import Postgres

/// Brings the cards of a delivery's file in: as `card.add` does, many of them in one statement.
struct CardImport: JobWork {
    var name: String { "import.cards" }
    var access: Access { .staff(.cardWrite) }
    var parameters: [Schema.Property] { CardAdd.Params.properties }
    var rowsAtOnce: Int { 2000 }

    /// Cards that are written together.
    private struct Lot: Hashable {
        let status: StockStatus
        let batch: BatchParams?
    }

    func problems(in row: JSONObject) -> [Problem] { CardAdd.Params.problems(in: row) }

    func run(_ rows: [JobRow], in call: JobCall) throws -> [JobOutcome] {
        let params = try rows.map { try CardAdd.Params.read($0.params) }
        let reasons = try call.call().reasonsAgainst(params.map(\.card))
        var outcomes = reasons.map { reasons in
            Refusal(reasons).map { JobOutcome(refused: RPCError($0), audit: call.call().audit) }
                ?? JobOutcome(state: .done)
        }
        let done = params.indices.filter { outcomes[$0].state == .done }
        let lots = Dictionary(grouping: done) { Lot(status: params[$0].status, batch: params[$0].batch) }
        // In the order of the file: two jobs that name the same batches wait for each other, and not in a circle.
        for (lot, places) in lots.sorted(by: { $0.value[0] < $1.value[0] }) {
            let single = call.call()
            let delivery = CardDelivery(
                cardSystem: call.cardSystem, status: lot.status, cards: places.map { params[$0].card },
                batch: lot.batch)
            for (place, id) in zip(places, try delivery.write(in: single)) {
                outcomes[place].objectID = ID(high: id.high, low: id.low)
            }
            // One row of the trail stands for all of them.
            outcomes[places[places.count - 1]].audit = single.audit
        }
        return outcomes
    }
}
