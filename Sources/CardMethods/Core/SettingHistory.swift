import CardRules
import Postgres

/// Things of which it is remembered what was set when. Their tables hold what is set now.
enum SettingOwner {
    case event, counter, cardSystem
}

extension Call {
    /// Changes what is set of something, and remembers what was set before and what is from now on.
    func change<Kind>(_ owner: SettingOwner, _ id: ID<Kind>, by update: SQL) throws {
        let isKnown: SQL = "not exists (select from setting where owner_id = \(id))"
        try transaction.run([
            record(owner, id, from: "'-infinity'::timestamptz", where: isKnown), update,
            record(owner, id, from: "\(now)", where: "true"),
        ])
    }

    private func record<Kind>(_ owner: SettingOwner, _ id: ID<Kind>, from begin: SQL, where condition: SQL) -> SQL {
        """
        insert into setting (card_system_id, owner_id, valid_from, recorded_by, columns)
        select \(fragment: owner.cardSystem), o.id, \(fragment: begin), \(caller.accountID), \(fragment: owner.columns)
        from \(fragment: owner.table) o where o.id = \(id) and \(fragment: condition)
        """
    }
}

extension SettingOwner {
    /// What follows the table `name_now` in a query that asks for `name`: what was set at an instant laid over what is
    /// set now; of no instant the latter.
    static func join(_ name: StaticString, at instant: Instant?) -> SQL {
        let name = SQL(stringLiteral: name)
        guard let instant else { return "cross join lateral (select \(fragment: name)_now.*) as \(fragment: name)" }
        return """
            cross join lateral jsonb_populate_record(\(fragment: name)_now, setting_at(\(fragment: name)_now.id,
                \(instant))) as \(fragment: name)
            """
    }

    fileprivate var table: SQL {
        switch self {
        case .event: "event"
        case .counter: "counter"
        case .cardSystem: "card_system"
        }
    }

    /// Whose the row is. Events are everybody's.
    fileprivate var cardSystem: SQL {
        switch self {
        case .event: "\(CardSystemID.nil)"
        case .counter: "o.card_system_id"
        case .cardSystem: "o.id"
        }
    }

    /// The columns that count as set, as an object.
    fileprivate var columns: SQL {
        switch self {
        case .event:
            """
            jsonb_build_object('check_in_points', o.check_in_points, 'check_in_limit_volume', o.check_in_limit_volume,
                'check_in_limit_period', o.check_in_limit_period, 'ticket_limit_volume', o.ticket_limit_volume,
                'ticket_limit_period', o.ticket_limit_period)
            """
        case .counter:
            """
            jsonb_build_object('distribution_key_id', o.distribution_key_id, 'ticket_limit_volume',
                o.ticket_limit_volume, 'ticket_limit_period', o.ticket_limit_period)
            """
        case .cardSystem: "to_jsonb(o) - array['id', 'name', 'created_at', 'version']"
        }
    }
}
