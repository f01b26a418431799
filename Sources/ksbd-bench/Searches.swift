import JSONRPC
import Logging
import Postgres

/// Looking people and passes up among many, each method against the bare statement on a connection of its own.
struct Searches {
    let rig: Rig
    let report: Report

    /// A method with its parameters, and the statement that finds the same.
    private struct Search {
        let name: String
        let params: JSON
        let bare: SQL
        /// Calls in one round: fewer of what is limited for each source.
        var calls = 20

        var method: String { String(name.prefix { $0 != " " }) }
    }

    func compare() throws {
        let insz = try registered()
        for search in lookUps + lists + [insz] { try compare(search) }
    }

    private var holder: Int { rig.world.holders / 2 + 1 }

    private func text(_ query: SQL) throws -> String { try connection().run([query])[0][0][0] }

    private func connection() throws -> Connection { try Connection(rig.connection, logger: Logger(label: "bench")) }

    /// The pass with its person, memberships and points, by a condition on the card.
    private static func pass(_ condition: SQL) -> SQL {
        """
        select c.number, c.status, c.card_system_id, s.name, h.id, h.first_name, h.postal_code, m.id, m.status,
            m.opportunity_end_date, t.name, a.posted_credit - a.posted_debit
        from card c join card_system s on s.id = c.card_system_id join pass_holder h on h.id = c.holder_id
        join membership m on m.holder_id = h.id join card_system t on t.id = m.card_system_id
        join ledger_account a on a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'
        where \(fragment: condition)
        """
    }

    private var lookUps: [Search] {
        let (chip, number) = (BenchWorld.chip(holder), (try? text("select bench_number(\(holder))")) ?? "")
        let id = (try? text("select bench_id(6, \(holder))::text")) ?? ""
        return [
            Search(
                name: "pass.lookUp by chip", params: ["chipNumber": .string(chip)],
                bare: Self.pass("c.chip_number = \(chip)")),
            Search(
                name: "pass.lookUp by number", params: ["cardNumber": .string(number)],
                bare: Self.pass("c.number = \(number)")),
            Search(
                name: "passHolder.get", params: ["passHolderId": .string(id)],
                bare: Self.pass("h.id = bench_id(6, \(holder))")),
        ]
    }

    /// The first page of people by a condition, each with the card that is shown of them.
    private static func people(_ condition: SQL) -> SQL {
        """
        select h.*, (select c.number from membership m join card c on c.id = m.current_card_id
            where m.holder_id = h.id and m.status = 'active' and c.status = 'active' order by m.since, m.id limit 1)
        from pass_holder h
        where \(fragment: condition) and exists (select from membership m where m.holder_id = h.id)
        order by h.name_key || ' ' || h.first_name_key, h.id limit 21
        """
    }

    private var lists: [Search] {
        let number = (try? text("select bench_number(\(holder))")) ?? ""
        let part = "%ters \(holder)%"
        let system = "00000001-0000-7000-8000-000000000000"
        return [
            Search(
                name: "passHolder.list by name", params: ["name": "peeters 123*"],
                bare: Self.people("folded(h.name) like 'peeters 123%'")),
            Search(
                name: "passHolder.list by part of a name", params: ["name": .string("ters \(holder)")],
                bare: Self.people("folded(h.name) like \(part)")),
            Search(
                name: "passHolder.list by postal code", params: ["postalCode": "4321"],
                bare: Self.people("h.postal_code = '4321'")),
            Search(
                name: "passHolder.list by card", params: ["cardNumber": .string(number)],
                bare: Self.people(
                    "h.id = (select holder_id from card where number = \(number))")),
            Search(
                name: "checkIn.list of a card system", params: ["cardSystemId": .string(system)],
                bare: """
                    select k.*, e.name, c.number from check_in k join event e on e.id = k.event_id
                    join card c on c.id = k.card_id
                    where k.card_system_id = '00000001-0000-7000-8000-000000000000' order by k.id desc limit 21
                    """),
            Search(
                name: "pillar.list", params: [:],
                bare: """
                    select p.*, array(select k.counter_id from pillar_counter k where k.pillar_id = p.id) from pillar p
                    where p.status = 'active' order by p.name, p.id limit 21
                    """),
        ]
    }

    /// Somebody whose INSZ the daemon itself wrote, among all the others.
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
        let index: [UInt8] = try connection().run(["select insz_index from pass_holder where name = 'Zoekmij'"])[0][0][
            0]
        return Search(
            name: "pass.lookUp by INSZ", params: ["insz": "85031700134"],
            bare: Self.pass(
                "h.insz_index = \(index) and c.id = m.current_card_id"), calls: 3)
    }

    private func compare(_ search: Search) throws {
        let login = Plain.resume(rig.operatorToken)
        let call = Plain.request(search.method, search.params)
        let connection = try connection()
        _ = try connection.run([search.bare])
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for _ in 1...5 {
            var begin = LoadGenerator.now()
            for _ in 1...search.calls { _ = try connection.run([search.bare]) }
            theirs.append(Double(LoadGenerator.now() - begin) / Double(search.calls) / 1e6)
            begin = LoadGenerator.now()
            let answers = try Plain.call(rig.port, [login] + Array(repeating: call, count: search.calls))
            ours.append(Double(LoadGenerator.now() - begin) / Double(search.calls) / 1e6)
            if let error = answers.last?["error"] {
                throw BenchError(text: "\(search.method) was refused: \(error.text)")
            }
        }
        report.compare(
            search.name, ours: ours.sorted()[2], peer: theirs.sorted()[2], unit: "ms", peerName: "bare statement",
            goal: 1.5, isCeiling: true)
    }
}
