import CardRules
import JSONRPC
import Postgres

enum HolderAdvantages: Method {
    static let declaration = Declaration(
        "holder.advantages", .reads, by: [.holder],
        "Tells what the caller, or somebody of his family, can take now, anywhere, and why not (R-144, R-146).",
        refusals: [.passHolderNotFound, .passHolderBlocked, .membershipNoneActive])

    struct Params: Parameters {
        let holder: OwnHolderParams
        let isOnline: Bool
        let offer: OfferParams

        init(from reader: inout ParameterReader) {
            holder = OwnHolderParams(from: &reader)
            isOnline = reader.optional("online", default: false, "Only those that can be taken online (ADV-16).")
            offer = OfferParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> OfferedAdvantages {
        let holder = try call.ownHolder(params.holder)
        return try call.asPlatform {
            guard
                let taker = try AdvantageTaker(
                    AdvantageTaker.of(holder), on: Brussels.date(call.now), in: call.transaction)
            else {
                throw Refusal(.passHolderNotFound, at: "/passHolderId")
            }
            return try call.offered(
                params.offer, to: taker, params.isOnline ? .online : .anywhere,
                where: params.isOnline ? ["a.is_online"] : [], pointer: "/passHolderId")
        }
    }
}
