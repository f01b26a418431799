import CardRules
import JSONRPC
import Postgres

enum PassHolderExport: Method {
    static let declaration = Declaration(
        "passHolder.export", .writes, by: [.cardSystemAdministrator, .holder],
        "Gives a person's own data as one document: everything that is kept, and who read the INSZ.",
        details: "Pass holders get all of their own; administrators say what it is for, and of other card systems get "
            + "no more than that something was there. The export itself is among the reads of the INSZ from then on.",
        refusals: [.passHolderNotFound], answersSecret: true)

    struct Params: Parameters {
        let holder: PassHolderID
        let purpose: Purpose?

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            purpose = reader.optional(
                "purpose", "What it is needed for; the person can read it. Only pass holders leave it out.")
        }
    }

    struct Result: ResultRecord {
        let holder: PassHolderID
        let at: Instant
        let insz: INSZ?
        let data: JSON

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "The person.") { $0.holder },
            .init("at", "As of when.") { $0.at },
            .init("insz", "The national register number in full; absent if it is not known.") { $0.insz?.digits },
            .init("data", "A list for each kind of thing that is kept of the person, with all its fields.") { $0.data },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireSubject(params.holder)
        let isSelf = call.scope.holder == params.holder
        if !isSelf, params.purpose == nil {
            let reason = "is missing: only pass holders export their own data without"
            throw InvalidParameters(problems: [Problem(pointer: "/purpose", reason: reason)])
        }
        call.audit.object(params.holder)
        call.audit.isLook = true
        try call.asPlatform {
            let systems: [CardSystemID] = try call.transaction.query(
                "select card_system_id from membership where holder_id = \(params.holder) order by since, id"
            ).map { try $0[0] }
            if let own = systems.first(where: call.serves) { call.audit.cardSystem = own }
            try call.writeRead(.export, of: params.holder, purpose: params.purpose)
        }
        return try call.asPlatform {
            let export = PersonExport(
                holder: params.holder, isOwn: isSelf ? "true" : call.serves(column: "t.card_system_id"))
            let row = try call.transaction.query("select insz_sealed from pass_holder where id = \(params.holder)")[0]
            let insz = try (row[0] as [UInt8]?).map {
                try call.services.keys.openedINSZ($0, of: params.holder)
            }
            return Result(holder: params.holder, at: call.now, insz: insz, data: try export.data(call.transaction))
        }
    }
}

/// All rows about a person, as one document.
struct PersonExport {
    let holder: PassHolderID
    /// The condition on `t.card_system_id` under which all is told.
    let isOwn: SQL

    /// What does not stand in a table of the person's own: what was done with the cards, points, and the audit trail's
    /// rows about the person.
    static let others = ["cardHistory", "pointsHistory", "changes"]

    func data(_ transaction: Transaction) throws -> JSON {
        let lists = try transaction.run(PersonTable.all.map(rows) + [cardSteps, points, changes])
        let names = PersonTable.all.map { ($0.title ?? $0.name.description).lowerCamelCase } + Self.others
        return .object(
            JSONObject(
                try zip(names, lists).map { name, rows in
                    let document: PostgresJSON = try rows[0][0]
                    return .init(name: name, value: try JSON(parsing: document.text).withLowerCamelCaseNames)
                }))
    }

    private var records: SQL {
        "(select h.id from pass_holder h where h.id = \(holder) or h.merged_into = \(holder))"
    }

    private func rows(_ table: PersonTable) -> SQL {
        let (without, document): ([String], SQL)
        switch table.export {
        case .rows(let names): (without, document) = (names, "to_jsonb(t)")
        case .limited(let names, let elsewhere):
            without = names
            document = """
                case when \(fragment: isOwn) then to_jsonb(t)
                else (select jsonb_object_agg(key, value) || '{"is_elsewhere": true}' from jsonb_each(to_jsonb(t))
                    where key = any (\(elsewhere))) end
                """
        }
        return """
            select coalesce(jsonb_agg(
                jsonb_strip_nulls(\(fragment: document) - \(without)) order by t.\(fragment: table.key)), '[]')
            from \(fragment: table.name) t where t.\(fragment: table.holder) in \(fragment: records)
            """
    }

    private var cardSteps: SQL {
        """
        select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(t)) order by t.at, t.version), '[]')
        from card_step t join card c on c.id = t.card_id
        where c.holder_id in \(fragment: records) and t.to_status in ('active', 'blocked', 'deleted')
            and \(fragment: isOwn)
        """
    }

    private var points: SQL {
        let accounts: SQL = "(select a.id from ledger_account a where a.owner_id in \(fragment: records))"
        return """
            select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', t.id, 'at', t.event_at, 'unit', t.unit,
                'amount', case when t.credit_account_id in \(fragment: accounts) then t.amount else -t.amount end,
                'reason', t.reason, 'card_system_id', case when \(fragment: isOwn) then t.card_system_id end,
                'reference_id', case when \(fragment: isOwn) then t.reference_id end)) order by t.id), '[]')
            from transfer t
            where t.credit_account_id in \(fragment: accounts) or t.debit_account_id in \(fragment: accounts)
            """
    }

    private var changes: SQL {
        """
        select coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'method', t.method, 'outcome', t.outcome,
            'fields', coalesce(t.details::jsonb -> 'fields', '[]')) order by t.at, t.sequence), '[]')
        from audit t where t.object_id in \(fragment: records) and t.method <> 'checkIn.create'
            and t.method <> 'pillar.checkIn' and \(fragment: isOwn)
        """
    }
}

extension String {
    /// `card_system_id` as `cardSystemId`.
    fileprivate var lowerCamelCase: String {
        let words = split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension JSON {
    fileprivate var withLowerCamelCaseNames: JSON {
        switch self {
        case .array(let values): .array(values.map(\.withLowerCamelCaseNames))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map {
                        .init(name: $0.name.lowerCamelCase, value: $0.value.withLowerCamelCaseNames)
                    }))
        default: self
        }
    }
}
