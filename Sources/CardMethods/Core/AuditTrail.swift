import CardRules
import Crypto
import Postgres

/// One row of the audit trail.
struct AuditEntry: Sendable {
    let at: Instant
    let caller: Caller
    let method: String
    /// `done`, or the kind of the refusal.
    let outcome: String
    let objectID: ID<Never>?
    let details: String

    var actorKind: String {
        if caller.isHost { return "host" }
        return caller.pillar != nil ? "pillar" : caller.accountID != nil ? "account" : "anonymous"
    }

    /// Closes over all columns but the place in the chain, which the link closes over. Fields are length-prefixed, so
    /// that none can pass for its neighbour.
    var digest: [UInt8] {
        AuditTrail.digest(
            at: at, actorKind: actorKind, actorID: caller.principal, counterID: caller.counter?.id, method: method,
            outcome: outcome, objectID: objectID, details: details)
    }
}

/// Appends to the chain of a card system: rows, and one link over those of the transaction.
enum AuditTrail {
    static func digest(
        at: Instant, actorKind: String, actorID: AccountID, counterID: CounterID?, method: String, outcome: String,
        objectID: ID<Never>?, details: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(200)
        at.write(to: &bytes)
        actorID.write(to: &bytes)
        for id in [counterID.map { ($0.high, $0.low) }, objectID.map { ($0.high, $0.low) }] {
            bytes.append(id == nil ? 0 : 1)
            if let id { ID<Never>(high: id.0, low: id.1).write(to: &bytes) }
        }
        for text in [actorKind, method, outcome, details] {
            Int32(text.utf8.count).write(to: &bytes)
            bytes.append(contentsOf: text.utf8)
        }
        return Array(SHA256.hash(data: bytes))
    }

    /// The digest of a link: over the digests of its rows, in order.
    static func linkDigest(_ digests: [[UInt8]]) -> [UInt8] { Array(SHA256.hash(data: digests.flatMap { $0 })) }

    /// The statements that append entries to the chains of their card systems: one link for each chain. Run them last
    /// before the commit, for they lock the heads; in the order of their ids, so that two batches cannot cross. A chain
    /// that is not there, or not to be seen, fails them: nothing is done without its audit row.
    static func append(_ entries: [(cardSystem: CardSystemID, entry: AuditEntry)]) -> [SQL] {
        var chains: [CardSystemID: [[UInt8]]] = [:]
        var ordinals: [Int] = []
        for (cardSystem, entry) in entries {
            chains[cardSystem, default: []].append(entry.digest)
            ordinals.append(chains[cardSystem]!.count)
        }
        let cardSystems = chains.keys.sorted()
        let lock: SQL = """
            select from tenant_head where card_system_id = any (\(cardSystems)) order by card_system_id for update
            """
        return (cardSystems.count > 1 ? [lock] : []) + [
            """
            with chain as (
                select * from unnest(\(cardSystems), \(cardSystems.map { chains[$0]!.count }),
                    \(cardSystems.map { linkDigest(chains[$0]!) })) as chain (card_system_id, count, digest)
            ), head as (
                update tenant_head h set audit_sequence = h.audit_sequence + chain.count, link = h.link + 1,
                    hash = sha256(h.hash || chain.digest)
                from chain where h.card_system_id = chain.card_system_id
                returning h.card_system_id, h.audit_sequence - chain.count as before, h.audit_sequence, h.link,
                    chain.digest, h.hash
            ), link as (
                insert into audit_link (card_system_id, link, first_sequence, last_sequence, digest, hash)
                select card_system_id, link, before + 1, audit_sequence, digest, hash from head
            )
            insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, counter_id, method, outcome,
                object_id, details, digest)
            select head.card_system_id, head.before + entry.ordinal, head.link, entry.at, entry.actor_kind,
                entry.actor_id, entry.counter_id, entry.method, entry.outcome, entry.object_id, entry.details,
                entry.digest
            from unnest(\(entries.map(\.cardSystem)), \(ordinals), \(entries.map(\.entry.at)),
                \(entries.map(\.entry.actorKind)), \(entries.map(\.entry.caller.principal)),
                \(entries.map(\.entry.caller.counter?.id)), \(entries.map(\.entry.method)),
                \(entries.map(\.entry.outcome)), \(entries.map(\.entry.objectID)), \(entries.map(\.entry.details)),
                \(entries.map(\.entry.digest)))
                as entry (card_system_id, ordinal, at, actor_kind, actor_id, counter_id, method, outcome, object_id,
                    details, digest)
            left join head on head.card_system_id = entry.card_system_id
            """
        ]
    }
}
