import CardRules
import JSONRPC

enum HolderRedeemStatus: Method {
    static let declaration = Declaration(
        "holder.redeemStatus", .reads, by: [.holder],
        "Asks whether the caller, or somebody of his family, could take an advantage online now; changes nothing "
            + "(ADV-11, ADV-16).",
        details: "Unknown advantages and people are refused; everything else is in the answer. With `extraPoints` it "
            + "tells what if he had so many more (R-150).",
        refusals: [.advantageNotFound, .passHolderNotFound])

    typealias Result = RedeemStatus

    struct Params: Parameters {
        let redeem: HolderRedeem.Params
        let extraPoints: Int

        init(from reader: inout ParameterReader) {
            redeem = HolderRedeem.Params(from: &reader)
            extraPoints = reader.extraPoints()
        }
    }

    static func run(_ params: Params, in call: Call) throws -> RedeemStatus {
        guard let caller = call.scope.holder else { throw RPCError(.permissionMissing) }
        let advantage = params.redeem.advantage
        let look = try call.asPlatform {
            let own = try OwnRedemption(
                of: params.redeem.holder.named ?? caller, by: caller, advantage, in: call.transaction)
            return try RedemptionLook(
                RedemptionRequest(advantage: advantage, taker: own.taker, place: .online), at: call.now, in: call)
        }
        let memberships = look.item.holder.map { Set($0.facts.memberships.keys) } ?? []
        return try look.status(
            knownIn: memberships, at: call.now, extraPoints: params.extraPoints)
    }
}
