import CardRules
import JSONRPC
import Postgres

extension Call {
    /// Refuses who may not have coupons in a card system, or not of a municipality: his own is the only one that a
    /// municipality's administrator makes them for.
    func requireCouponAdministrator(of cardSystem: CardSystemID, _ municipality: MunicipalityID?) throws {
        try requireCardSystem(cardSystem)
        try require(scope.isOperator || scope.cardSystems.contains(cardSystem))
        try requireMunicipality(municipality, in: cardSystem)
        try require(scope.administers(cardSystem, municipality: municipality))
        audit.cardSystem = cardSystem
    }

    /// The condition on coupons `c` that the caller administers.
    var administeredCoupons: SQL {
        if scope.isOperator { return "true" }
        return """
            (c.card_system_id = any (\(scope.administered.sorted()))
                or c.municipality_id = any (\(scope.municipalities.keys.sorted())))
            """
    }

    /// A coupon that the caller administers. Any other is answered like one that does not exist.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, as it will be changed.
    func coupon(_ id: CouponID, lock: Bool = false) throws -> CouponRecord {
        if lock { _ = try transaction.query("select from coupon where id = \(id) for update") }
        let row = try transaction.first(
            """
            select \(fragment: CouponRecord.columns) from \(fragment: CouponTerms.tables(at: now))
            where c.id = \(id) and \(fragment: administeredCoupons)
            """)
        guard let row else { throw Refusal(.couponNotFound, at: "/couponId") }
        let coupon = try CouponRecord(row: row, today: Brussels.date(now))
        audit.cardSystem = coupon.terms.cardSystem
        audit.object(id)
        return coupon
    }

    /// The shares of a distribution key as they are now.
    func shares(of key: DistributionKeyID?, in cardSystem: CardSystemID) throws -> PayerShares {
        let row = try transaction.first(
            """
            select t.payers, t.payer_weights from distribution_key_term t
            where t.distribution_key_id = \(key) and t.card_system_id = \(cardSystem) and t.valid_from <= \(now)
            order by t.valid_from desc limit 1
            """)
        guard let row else { throw Refusal(.distributionKeyNotFound, at: "/distributionKeyId") }
        return try PayerShares(payers: row["payers"], weights: row["payer_weights"])
    }

    /// Everything that a coupon names and that is not there, or that is not the caller's to give.
    func reasons(against terms: CouponTerms) throws -> [Reason] {
        let (events, counters) = (terms.scope.events.sorted(), terms.scope.organizers.sorted())
        let municipalities = Set(terms.target.segments.flatMap(\.municipalities)).sorted()
        let row = try transaction.query(
            """
            select array(select e.id from event e where e.id = any (\(events))) as events,
                array(select k.counter_id from counter_card_system k where k.counter_id = any (\(counters))
                    and k.card_system_id = \(terms.cardSystem)) as counters,
                array(select m.id from municipality m where m.id = any (\(municipalities))
                    and m.card_system_id = \(terms.cardSystem)) as municipalities
            """)[0]
        var reasons: [Reason] = []
        if try Set(row["events"] as [EventID]).count < events.count {
            reasons.append(Reason(.eventNotFound, at: "/eventIds"))
        }
        if try Set(row["counters"] as [CounterID]).count < counters.count {
            reasons.append(Reason(.counterNotFound, at: "/organizerCounterIds"))
        }
        if try Set(row["municipalities"] as [MunicipalityID]).count < municipalities.count {
            reasons.append(Reason(.municipalityNotFound, at: "/segments"))
        }
        // What a key says was agreed with those who pay.
        let ownPayers: Set<Payer> = [.municipality, .partner]
        if !scope.administers(terms.cardSystem), terms.distributionKey == nil,
            !ownPayers.isSuperset(of: terms.shares.shares.map(\.payer))
        {
            reasons.append(Reason(.couponPayerNotAllowed, at: "/shares"))
        }
        return reasons
    }
}
