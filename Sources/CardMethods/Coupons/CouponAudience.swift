import CardRules
import Postgres

/// Who would have a coupon, counted for all at once: what `CouponRules` says of one.
struct CouponAudience {
    let terms: CouponTerms
    let today: CivilDate
    /// Of the coupon's card system.
    let graceDays: Int

    /// How many pass holders. Everything is joined, for a condition with a query in it is asked of each person anew
    /// once its answer is large.
    var holders: SQL {
        """
        select count(*) from membership m join pass_holder h on h.id = m.holder_id
        \(fragment: residence(of: "h"))
        left join coupon_target t on t.coupon_id = \(terms.id) and t.holder_id = m.holder_id
        \(fragment: entitledAnywhere)
        where m.card_system_id = \(terms.cardSystem) and m.status = 'active' and \(fragment: condition(ofHolder))
        """
    }

    /// How many groups.
    var groups: SQL {
        """
        select count(*) from group_pass g \(fragment: residence(of: "g"))
        left join coupon_target t on t.coupon_id = \(terms.id) and t.group_pass_id = g.id
        where g.card_system_id = \(terms.cardSystem) and (g.end_date >= \(today) or g.end_date is null)
            and \(fragment: condition(ofGroup))
        """
    }

    private var entitledAnywhere: SQL {
        guard terms.target.segments.contains(where: { $0.opportunity == .anyCardSystem }) else { return "" }
        return """
            left join (
                select distinct o.holder_id from membership o join card_system s on s.id = o.card_system_id
                where o.status = 'active' and o.opportunity_end_date >= \(today) - s.opportunity_grace_days
                    and (o.opportunity_suspended_until >= \(today)) is not true
            ) as entitled on entitled.holder_id = m.holder_id
            """
    }

    private func residence(of table: SQL) -> SQL {
        """
        left join municipality_postal_code p on p.card_system_id = \(terms.cardSystem)
            and p.postal_code = \(fragment: table).postal_code and \(fragment: table).country = 'BE'
        """
    }

    private func condition(_ segment: (PriceConditions) -> SQL) -> SQL {
        let fits: SQL =
            terms.target.isForEveryone
            ? "true"
            : "(\(fragment: .joined(terms.target.segments.map(segment) + ["t.id is not null"], separator: " or ")))"
        guard let municipality = terms.target.residentsOf else { return fits }
        return "\(fragment: fits) and p.municipality_id = \(municipality)"
    }

    private func ofHolder(_ segment: PriceConditions) -> SQL {
        var conditions: [SQL] = []
        switch segment.opportunity {
        case .here: conditions.append(OpportunityFilter.condition(.active, today: today, grace: graceDays))
        case .anyCardSystem: conditions.append("entitled.holder_id is not null")
        case nil: break
        }
        if let from = segment.ages.from {
            conditions.append("h.date_of_birth <= \(today.adding(months: -12 * from))")
        }
        if let until = segment.ages.until {
            conditions.append("h.date_of_birth > \(today.adding(months: -12 * (until + 1)))")
        }
        if !segment.municipalities.isEmpty { conditions.append(lives(in: segment.municipalities)) }
        return "(\(fragment: .joined(conditions, separator: " and ")))"
    }

    /// A group has no age, and so is of none.
    private func ofGroup(_ segment: PriceConditions) -> SQL {
        guard segment.ages == .all else { return "false" }
        var conditions: [SQL] = ["true"]
        if segment.opportunity != nil { conditions.append("g.has_opportunity") }
        if !segment.municipalities.isEmpty { conditions.append(lives(in: segment.municipalities)) }
        return "(\(fragment: .joined(conditions, separator: " and ")))"
    }

    private func lives(in municipalities: Set<MunicipalityID>) -> SQL {
        "p.municipality_id = any (\(municipalities.sorted()))"
    }
}
