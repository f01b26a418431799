import CardRules
import JSONRPC
import Postgres

/// A pass holder or a group whom a coupon is to name.
struct CouponTargetParams: Sendable {
    enum Key: Sendable {
        case cardNumber(CardNumber)
        case holder(PassHolderID)
        case group(GroupPassID)
    }

    let coupon: CouponID
    let key: Key
    /// The parameter that says who it is.
    let pointer: String

    init(from reader: inout ParameterReader) {
        coupon = reader.required("couponId", "The coupon.")
        let number: CardNumber? = reader.optional(
            "cardNumber", "A card of the pass holder or group. Or give one of the next two.")
        let holder: PassHolderID? = reader.optional("passHolderId", "The pass holder.")
        let group: GroupPassID? = reader.optional("groupPassId", "The group's pass.")
        let given = [
            number.map { ("/cardNumber", .cardNumber($0)) }, holder.map { ("/passHolderId", .holder($0)) },
            group.map { ("/groupPassId", .group($0)) },
        ].compactMap { $0 as (String, Key)? }
        if given.count != 1, reader.problems.isEmpty {
            reader.refuse("cardNumber", "give exactly one of cardNumber, passHolderId and groupPassId")
        }
        (pointer, key) = given.first ?? ("/cardNumber", .cardNumber(.placeholder))
    }

    /// Whom it is about: a member of the coupon's card system, or a group of it; of a municipality's coupon one of its
    /// residents. Nobody else is there.
    func subject(for coupon: CouponTerms, in call: Call) throws -> CouponSubject {
        let residents = coupon.target.residentsOf
        let holders: SQL = """
            pass_holder h join membership m on m.holder_id = h.id and m.card_system_id = \(coupon.cardSystem)
            where h.merged_into is null and \(fragment: Self.lives("h", in: residents))
            """
        let groups: SQL = """
            group_pass g where g.card_system_id = \(coupon.cardSystem) and \(fragment: Self.lives("g", in: residents))
            """
        let row: Row?
        let kind: RefusalKind
        switch key {
        case .holder(let id):
            let found: SQL = "select h.id as holder_id, null::uuid as group_pass_id from \(fragment: holders)"
            row = try call.transaction.first("\(fragment: found) and h.id = \(id)")
            kind = .passHolderNotFound
        case .group(let id):
            let found: SQL = "select null::uuid as holder_id, g.id as group_pass_id from \(fragment: groups)"
            row = try call.transaction.first("\(fragment: found) and g.id = \(id)")
            kind = .groupPassNotFound
        case .cardNumber(let number):
            // The card may be of another card system: people are looked up by any exact number.
            row = try call.acrossCardSystems {
                try call.transaction.first(
                    """
                    select c.holder_id, c.group_pass_id from card c where c.number = \(number)
                        and (c.holder_id in (select h.id from \(fragment: holders) and h.id = c.holder_id)
                            or c.group_pass_id in (select g.id from \(fragment: groups) and g.id = c.group_pass_id))
                    """)
            }
            kind = .cardNotFound
        }
        guard let row else { throw Refusal(kind, at: pointer) }
        return try CouponSubject(row: row)
    }

    private static func lives(_ table: SQL, in municipality: MunicipalityID?) -> SQL {
        guard let municipality else { return "true" }
        return """
            \(fragment: table).country = 'BE' and \(fragment: table).postal_code in (
                select p.postal_code from municipality_postal_code p where p.municipality_id = \(municipality))
            """
    }
}

/// Somebody whom a coupon names.
struct CouponTargetRecord: ResultRecord {
    let id: CouponTargetID
    let subject: CouponSubject
    let addedAt: Instant

    static let fields: [ResultField<CouponTargetRecord>] = [
        .init("id", "That it names him.") { $0.id },
        .init("passHolderId", "The pass holder.") { $0.subject.holder },
        .init("groupPassId", "Or the group.") { $0.subject.group },
        .init("addedAt", "Since when.") { $0.addedAt },
    ]

    static let columns: SQL = "t.id, t.holder_id, t.group_pass_id, t.added_at"

    init(row: Row) throws {
        id = try row["id"]
        subject = try CouponSubject(row: row)
        addedAt = try row["added_at"]
    }
}

extension Call {
    /// Tells whom a coupon names now, or no longer. That he is named is not for other card systems to know.
    func tell(_ subject: CouponSubject) {
        audit.changedFields = ["targets"]
        if let holder = subject.holder { audit.told.append(("passHolderId", .string(holder.text))) }
        if let group = subject.group { audit.told.append(("groupPassId", .string(group.text))) }
    }
}
