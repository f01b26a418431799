import JSONRPC
import Logging
import Postgres

/// Looking people and passes up among many, each method against the bare statements in psql that answer the same.
struct Searches {
    let rig: Rig
    let report: Report

    /// A method with its parameters, and the statements that find the same.
    private struct Search {
        let name: String
        let params: JSON
        let bare: [String]
        /// Calls in one round: fewer of what is limited for each source.
        var calls = 20

        var method: String { String(name.prefix { $0 != " " }) }
    }

    func compare() throws {
        report.progress("searches: the median of single calls, against that of the bare statements by psql's \\timing")
        let psql = PSQL(rig)
        defer { psql.quit() }
        let connection = try Plain(rig.port)
        _ = try connection.exchange(Plain.resume(rig.operatorToken))
        for search in try lookUps() + lists() + [registered()] { try compare(search, connection, psql) }
    }

    private var holder: Int { rig.world.holders / 2 + 1 }

    private func text(_ query: SQL) throws -> String {
        try Connection(rig.connection, logger: Logger(label: "bench")).run([query])[0][0][0]
    }

    /// The pass with its card, person or group, memberships and points, by a condition.
    private static func pass(_ condition: String) -> String {
        """
        select c.number, c.status, c.is_group_pass, c.card_system_id, s.name, h.id, h.first_name, h.postal_code,
            h.status, g.id, g.name, g.postal_code, g.end_date, g.has_opportunity,
            a.posted_credit - a.posted_debit - a.held_debit, m.id, t.id, t.name, m.status, m.opportunity_end_date,
            m.opportunity_suspended_until, t.opportunity_grace_days, n.number, n.type, n.status, m.since, m.version,
            array(select row(o.card_system_id, o.number, o.type, o.status) from card o where o.holder_id = h.id)
        from card c join card_system s on s.id = c.card_system_id left join group_pass g on g.id = c.group_pass_id
        left join pass_holder h on h.id = c.holder_id left join membership m on m.holder_id = h.id
        left join card_system t on t.id = m.card_system_id left join card n on n.id = m.current_card_id
        left join ledger_account a on a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'
        where \(condition)
        """
    }

    private func lookUps() throws -> [Search] {
        let (chip, number) = (BenchWorld.chip(holder), try text("select bench_number(\(holder))"))
        let id = try text("select bench_id(6, \(holder))::text")
        return [
            Search(
                name: "pass.lookUp by chip", params: ["chipNumber": .string(chip)],
                bare: [Self.pass("c.chip_number = '\(chip)'")]),
            Search(
                name: "pass.lookUp by number", params: ["cardNumber": .string(number)],
                bare: [Self.pass("c.number = '\(number)'")]),
            Search(
                name: "passHolder.get", params: ["passHolderId": .string(id)],
                bare: [
                    """
                    select h.*, a.posted_credit - a.posted_debit - a.held_debit, k.name, m.*, s.name,
                        s.opportunity_grace_days, c.number, c.type, c.status
                    from pass_holder h join membership m on m.holder_id = h.id
                    join card_system s on s.id = m.card_system_id left join card c on c.id = m.current_card_id
                    left join counter k on k.id = h.school_id
                    join ledger_account a on a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'
                    where h.id = '\(id)'
                    """
                ]),
        ]
    }

    /// The first page of people by a condition, each with the card that is shown of them.
    private static func people(_ condition: String) -> [String] {
        [
            """
            select h.id, h.name, h.first_name, h.date_of_birth, h.gender, h.nationality, h.insz_masked, h.email,
                h.phone, h.mobile, h.street, h.postal_code, h.city, h.country, h.status, h.registered_at,
                (select c.number from membership m join card c on c.id = m.current_card_id
                    where m.holder_id = h.id and m.status = 'active' and c.status = 'active'
                    order by m.since, m.id limit 1),
                (select max(m.opportunity_end_date) from membership m where m.holder_id = h.id)
            from pass_holder h
            where \(condition) and exists (select from membership m where m.holder_id = h.id)
            order by h.name_key || ' ' || h.first_name_key, h.id limit 21
            """
        ]
    }

    private func lists() throws -> [Search] {
        let number = try text("select bench_number(\(holder))")
        let system = "00000001-0000-7000-8000-000000000000"
        return [
            Search(
                name: "passHolder.list by name", params: ["name": "peeters 123*"],
                bare: Self.people("folded(h.name) like 'peeters 123%'")),
            Search(
                name: "passHolder.list by part of a name", params: ["name": .string("ters \(holder)")],
                bare: Self.people("folded(h.name) like '%ters \(holder)%'")),
            Search(
                name: "passHolder.list by postal code", params: ["postalCode": "4321"],
                bare: Self.people("h.postal_code = '4321'")),
            Search(
                name: "passHolder.list by card", params: ["cardNumber": .string(number)],
                bare: Self.people("h.id = (select holder_id from card where number = '\(number)')")),
            Search(
                name: "checkIn.list of a card system", params: ["cardSystemId": .string(system)],
                bare: [
                    """
                    select k.*, e.name, c.number from check_in k join event e on e.id = k.event_id
                    join card c on c.id = k.card_id
                    where k.card_system_id = '\(system)' order by k.id desc limit 21
                    """
                ]),
            Search(
                name: "pillar.list", params: [:],
                bare: [
                    """
                    select p.id, p.card_system_id, p.name, p.status,
                        array(select k.counter_id from pillar_counter k where k.pillar_id = p.id order by 1),
                        p.shows_check_in_code, p.when_fixed_event_ends, p.fixed_event_id, p.chosen_event_id,
                        p.device_id, p.first_login_at, p.set_up_code_hash is not null, p.version
                    from pillar p where p.status = 'active' order by p.name, p.id limit 21
                    """
                ]),
        ]
    }

    /// Somebody whose INSZ the daemon itself wrote, among all the others. That it was looked for is written down by
    /// both sides before anything is told.
    private func registered() throws -> Search {
        let person: JSON = [
            "cardSystemId": "00000001-0000-7000-8000-000000000000", "counterId": "00000003-0000-7000-8000-000000000000",
            "name": "Zoekmij", "firstName": "An", "dateOfBirth": "1985-03-17", "insz": "85031700134",
            "address": ["postalCode": "9900", "city": "Eeklo"], "cardType": "digital", "legalTermsPaper": true,
            "idempotencyKey": "bench insz",
        ]
        let answers = try Plain.call(
            rig.port, [Plain.resume(rig.operatorToken), Plain.request("passHolder.register", person)])
        if let error = answers[1]["error"] { throw BenchError(text: "nobody was registered: \(error.text)") }
        let index = try text("select insz_index::text from pass_holder where name = 'Zoekmij'")
        return Search(
            name: "pass.lookUp by INSZ", params: ["insz": "85031700134"],
            bare: [
                "begin", Self.pass("h.insz_index = '\(index)' and c.id = m.current_card_id"),
                """
                insert into insz_read (id, holder_id, card_system_id, account_id, at, kind)
                select gen_random_uuid(), h.id, '00000000-0000-0000-0000-000000000000', a.id,
                    '2026-01-02T12:00Z', 'lookUp'
                from pass_holder h, account a where h.insz_index = '\(index)' and a.name = 'Bench'
                """,
                """
                with head as (
                    update tenant_head set audit_sequence = audit_sequence + 1, link = link + 1,
                        hash = sha256(hash || '\\x5a')
                    where card_system_id = '00000000-0000-0000-0000-000000000000' returning *
                ), link as (
                    insert into audit_link (card_system_id, link, first_sequence, last_sequence, digest, hash)
                    select card_system_id, link, audit_sequence, audit_sequence, hash, hash from head
                )
                insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, method, outcome, details,
                    digest)
                select card_system_id, audit_sequence, link, '2026-01-02T12:00Z', 'account', gen_random_uuid(),
                    'pass.lookUp', 'done', '{"look": true}', hash from head
                """, "commit",
            ], calls: 3)
    }

    private func compare(_ search: Search, _ connection: Plain, _ psql: PSQL) throws {
        let call = Plain.request(search.method, search.params)
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for round in 0...5 {
            // The first round prepares statements and fills caches.
            let calls = round == 0 ? min(search.calls, 7) : search.calls
            let bare = try (0..<calls).map { _ in try psql.milliseconds(search.bare) }
            let own = try (0..<calls).map { _ in
                let begin = LoadGenerator.now()
                let answer = try connection.exchange(call)
                let took = Double(LoadGenerator.now() - begin) / 1e6
                if let error = try JSON(parsing: answer)["error"] {
                    throw BenchError(text: "\(search.method) was refused: \(error.text)")
                }
                return took
            }
            if round > 0 { (ours, theirs) = (ours + own, theirs + bare) }
        }
        report.compare(
            search.name, ours: ours.sorted()[ours.count / 2], peer: theirs.sorted()[theirs.count / 2], unit: "ms",
            peerName: "in psql", goal: 1.5, isCeiling: true)
    }
}
