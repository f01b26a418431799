import CardRules
import JSONRPC
import Postgres

enum HolderRedeem: BatchedMethod {
    static let declaration = Declaration(
        "holder.redeem", .writes, by: [.holder],
        "Takes an online advantage, for the caller or somebody of his family (ADV-16, S16).",
        details: "The answer has the code or the link that it is used with. The checks are those of every redemption.",
        refusals: [.passHolderNotFound, .advantageNotOnline] + AdvantageRedeem.ruleRefusals)

    typealias Result = RedemptionReceipt
    typealias Work = RedemptionWork

    struct Params: Parameters {
        let advantage: AdvantageID
        let holder: OwnHolderParams

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "What is taken.")
            holder = OwnHolderParams(from: &reader)
        }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let (services, peer) = (invocation.services, invocation.peer)
        guard let caller = invocation.scope.holder else { throw RPCError(.permissionMissing) }
        let ticket = try BatchTicket(invocation, completion)
        // Person and card must be known before the batch begins, which decides by facts of its own.
        Task {
            do {
                let found = try await services.database.transaction { transaction in
                    try OwnRedemption(
                        of: params.holder.named ?? caller, by: caller, params.advantage, in: transaction)
                }
                let call = BatchCall(
                    ticket: ticket, cardSystem: found.cardSystem, others: found.others,
                    request: RedemptionRequest(advantage: params.advantage, taker: found.taker, place: .online))
                services.batches(of: Work.self).submit(call, from: peer)
            } catch {
                completion(.failure(error))
            }
        }
    }
}

/// What a redemption by a pass holder is about: for whom, with which card, in which card system.
struct OwnRedemption: Sendable {
    let taker: RedemptionRequest.Taker
    /// Of the oldest active membership, one whose members may take the advantage first; the nil id without any.
    let cardSystem: CardSystemID
    let others: Set<CardSystemID>

    /// The transaction becomes the platform's.
    init(
        of holder: PassHolderID, by caller: PassHolderID, _ advantage: AdvantageID, in transaction: Transaction
    ) throws {
        Sessions.becomePlatform(transaction)
        guard try OwnFamily.includes(holder, of: caller, in: transaction) else {
            taker = .nobody(Reason(.passHolderNotFound, at: "/passHolderId"))
            (cardSystem, others) = (.nil, [])
            return
        }
        let memberships = try transaction.query(
            """
            select m.card_system_id, c.number from membership m
            left join card c on c.id = m.current_card_id left join advantage a on a.id = \(advantage)
            where m.holder_id = \(holder)
            order by m.status = 'active' desc,
                coalesce(a.all_card_systems or m.card_system_id = any (a.card_system_ids), false) desc,
                coalesce(c.status = 'active', false) desc, m.since, m.id
            """)
        taker = .holder(holder, try memberships.first?["number"])
        cardSystem = try memberships.first?["card_system_id"] ?? .nil
        others = Set(try memberships.dropFirst().map { try $0["card_system_id"] })
    }
}
