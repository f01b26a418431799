import CardRules
import Postgres

/// Loads coupons, and how far they are used, for all who ask in a batch at once: five statements, whatever the number
/// of people, events and coupons. They run where all card systems are visible.
struct CouponReading {
    private let subjects: SQL
    /// Which coupons, as a condition on `coupon c`.
    private let wanted: SQL
    private let events: [EventID]
    private let instant: Instant
    private let isSelling: Bool

    static let statementCount = 5

    /// The coupons that those who are named by a card may use now at events, as far as the coupons' own days go.
    ///
    /// - Parameter numbers: Only these, whatever their days; `nil` for all of the card systems of the organizers.
    /// - Parameter isSelling: All that is there counts: whoever waited for a lock read the clock before what he waited
    ///   for was sold.
    init(
        cards: [CardName], events: [EventID], numbers: [Int]?, isSelling: Bool = false,
        at instant: Instant
    ) {
        self.isSelling = isSelling
        let chips: [String?] = cards.map { if case .chip(let chip) = $0 { chip.text } else { nil } }
        let cardNumbers: [String?] = cards.map { if case .number(let number) = $0 { number.text } else { nil } }
        subjects = """
            (select c.holder_id, c.group_pass_id from unnest(\(chips)) as item (chip)
                join card c on c.chip_number = item.chip
            union
            select c.holder_id, c.group_pass_id from unnest(\(cardNumbers)) as item (number)
                join card c on c.number = item.number) as subject
            """
        if let numbers {
            wanted = "c.number = any (\(numbers))"
        } else {
            let today = Brussels.date(instant)
            wanted = """
                \(fragment: CouponTerms.condition(.active, on: today)) and c.valid_from <= \(today)
                    and c.card_system_id in (
                    select k.card_system_id from event e join counter w on w.organizer_id = e.organizer_id
                    join counter_card_system k on k.counter_id = w.id where e.id = any (\(events)))
                    and (c.is_for_everyone or c.segments <> '[]' or c.id in (
                        select named.coupon_id from (\(fragment: Self.names(of: subjects))) as named))
                """
        }
        (self.events, self.instant) = (events, instant)
    }

    /// The coupons of card systems, for one person or one group.
    ///
    /// - Parameter status: `nil` for those that have expired, too.
    init(of subject: CouponSubject, in cardSystems: [CardSystemID], _ status: CouponStatus?, at instant: Instant) {
        subjects = "(select \(subject.holder) as holder_id, \(subject.group) as group_pass_id) as subject"
        let state = status.map { CouponTerms.condition($0, on: Brussels.date(instant)) } ?? "true"
        wanted = "c.card_system_id = any (\(cardSystems)) and \(fragment: state)"
        (events, self.instant, isSelling) = ([], instant, false)
    }

    /// The answers of these are what `read` takes.
    var statements: [SQL] { [couponRows, nameRows, holderRows, eventRows, overdueRows] }

    private var couponRows: SQL {
        """
        select \(fragment: CouponTerms.columns), coalesce(total.used, 0) as total_used
        from \(fragment: CouponTerms.tables(at: instant))
        left join coupon_use total on total.coupon_id = c.id and total.event_id = \(EventID.nil)
            and total.period_start = period_start(c.total_limit_period, \(instant))
        where \(fragment: wanted)
        """
    }

    private var nameRows: SQL { Self.names(of: subjects) }

    /// Who is named by which coupon.
    private static func names(of subjects: SQL) -> SQL {
        """
        select t.coupon_id, t.holder_id, t.group_pass_id
        from \(fragment: subjects) join coupon_target t on t.holder_id = subject.holder_id
        union all
        select t.coupon_id, t.holder_id, t.group_pass_id
        from \(fragment: subjects) join coupon_target t on t.group_pass_id = subject.group_pass_id
        """
    }

    /// What each used in the period of the coupon's limit. Reservations count until they lapse, swept or not.
    private var holderRows: SQL {
        let periods = PeriodLimit.Period.allCases
        let starts = periods.map { PeriodLimit(volume: 1, per: $0)!.period(containing: instant).start }
        return """
            select s.coupon_id, s.holder_id, s.group_pass_id, count(*) filter (
                    where s.sold_at >= span.began_at and \(fragment: stands)) as used,
                coalesce(max(s.coupon_slot) filter (where s.coupon_period_start = span.start) + 1, 0) as next_slot
            from \(fragment: subjects) cross join lateral (
                select * from ticket_sale t where t.holder_id = subject.holder_id and t.coupon_id is not null
                union all
                select * from ticket_sale t where t.group_pass_id = subject.group_pass_id and t.coupon_id is not null
            ) as s
            join coupon c on c.id = s.coupon_id
            join unnest(\(periods.map(\.rawValue)), \(starts), \(starts.map { Brussels.instant($0) }))
                as span (period, start, began_at) on span.period = c.holder_limit_period
            group by s.coupon_id, s.holder_id, s.group_pass_id
            """
    }

    private var stands: SQL {
        isSelling
            ? "(s.status = 'confirmed' or s.status = 'reserved' and s.reserved_until > \(instant))"
            : """
            s.sold_at <= \(instant) and (s.ended_at is null or s.ended_at > \(instant))
                and (s.status <> 'reserved' or s.reserved_until > \(instant))
            """
    }

    private var eventRows: SQL {
        """
        select u.coupon_id, u.event_id, u.used from coupon c
        join coupon_use u on u.coupon_id = c.id and u.event_id = any (\(events))
            and u.period_start = period_start(c.event_limit_period, \(instant))
        where \(fragment: wanted)
        """
    }

    /// Reservations that have lapsed and are counted still, until they are swept.
    private var overdueRows: SQL {
        """
        select t.coupon_id, t.event_id, t.sold_at, t.regular_price_cents - t.price_cents as cents
        from ticket_sale t where t.status = 'reserved' and t.reserved_until <= \(instant) and t.coupon_id is not null
        """
    }

    /// Puts the answers of `statements` together.
    func read(_ answers: ArraySlice<Rows>) throws -> CouponSheet {
        let start = answers.startIndex
        var sheet = CouponSheet()
        for row in answers[start] {
            try sheet.add(CouponTerms(row: row), used: row["total_used"], spent: row["spent_cents"])
        }
        for row in answers[start + 1] { sheet.name(try CouponSubject(row: row), by: try row["coupon_id"]) }
        for row in answers[start + 2] {
            sheet.set(
                used: try row["used"], nextSlot: try row["next_slot"], by: try CouponSubject(row: row),
                of: try row["coupon_id"])
        }
        for row in answers[start + 3] {
            sheet.set(used: try row["used"], at: try row["event_id"], of: try row["coupon_id"])
        }
        for row in answers[start + 4] {
            sheet.lapse(
                try row["coupon_id"], at: try row["event_id"], soldAt: try row["sold_at"], cents: try row["cents"],
                asOf: instant)
        }
        return sheet
    }
}
