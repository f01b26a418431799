import CardRules
import JSONRPC
import Postgres

/// Under which key a call's answer is kept: per card system, and per account or pillar.
struct IdempotencyKey: Sendable, Hashable {
    let cardSystem: CardSystemID
    let principal: AccountID
    let key: String

    /// What was answered before under this key.
    var lookUp: SQL {
        """
        select method, params_hash, reply, is_refusal, is_sealed from idempotency
        where card_system_id = \(cardSystem) and principal_id = \(principal) and key = \(key)
        """
    }

    /// What was answered before under the keys, by their place among them.
    static func stored(_ keys: [IdempotencyKey]) -> SQL {
        """
        select item.ordinality - 1 as item, i.method, i.params_hash, i.reply, i.is_refusal, i.is_sealed
        from unnest(\(keys.map(\.cardSystem)), \(keys.map(\.principal)), \(keys.map(\.key))) with ordinality
            as item (card_system_id, principal_id, key, ordinality)
        join idempotency i on i.card_system_id = item.card_system_id and i.principal_id = item.principal_id
            and i.key = item.key
        """
    }

    /// Keeps answers. Without `on conflict`: a second answer under the same key is an error that undoes its effects.
    static func keep(_ answers: [(key: IdempotencyKey, answer: StoredAnswer)], at realNow: Instant) -> SQL {
        """
        insert into idempotency (card_system_id, principal_id, key, method, params_hash, reply, is_refusal, is_sealed,
            created_at)
        select item.*, \(realNow) from unnest(\(answers.map(\.key.cardSystem)), \(answers.map(\.key.principal)),
            \(answers.map(\.key.key)), \(answers.map(\.answer.method)), \(answers.map(\.answer.paramsHash.written)),
            \(answers.map(\.answer.reply)), \(answers.map(\.answer.isRefusal)),
            \(answers.map(\.answer.isSealed))) as item
        """
    }

    /// An answer that holds a secret, as it is kept.
    func sealed(_ answer: StoredAnswer, _ keys: Keys) throws -> StoredAnswer {
        var answer = answer
        answer.reply = try keys.sealed(answer.reply, place: place)
        answer.isSealed = true
        return answer
    }

    /// The stored answer, if the same call was made before; `idempotency.mismatch` if another was.
    func replay(_ row: Row, method: String, paramsHash: ParamsHash, _ keys: Keys) throws -> StoredAnswer {
        let stored: [UInt8] = try row["params_hash"]
        guard try row["method"] == method, paramsHash.matches(stored) else { throw RPCError(.idempotencyMismatch) }
        let reply: [UInt8] = try row["reply"]
        if reply.isEmpty { throw RPCError.invalid("it was carried out; its answer held a secret and is kept no more") }
        return StoredAnswer(
            method: method, paramsHash: paramsHash,
            reply: try row["is_sealed"] ? try keys.opened(reply, place: place) : reply, isRefusal: try row["is_refusal"]
        )
    }

    var place: String { "idempotency.reply \(cardSystem.text) \(principal.text) \(key)" }
}

/// An answer as it is kept: the result's JSON text, or a refusal's error object.
struct StoredAnswer: Sendable {
    let method: String
    let paramsHash: ParamsHash
    var reply: [UInt8]
    let isRefusal: Bool
    var isSealed = false
}

/// 1–255 printable ASCII characters, chosen by the client before it sends.
struct IdempotencyKeyText: ParameterValue {
    let text: String

    static var schema: Schema { MethodDeclaration.idempotencyKey.schema }
    static var placeholder: IdempotencyKeyText { IdempotencyKeyText(text: "") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, (1...255).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw Unfit("must be 1 to 255 printable ASCII characters") }
        self.text = text
    }
}
