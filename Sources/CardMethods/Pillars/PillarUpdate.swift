import CardRules
import JSONRPC
import Postgres

enum PillarUpdate: Method {
    static let declaration = Declaration(
        "pillar.update", .writes, by: [.cardSystemAdministrator, .operator],
        "Changes a pillar: name, counters, QR switch, what it does when its fixed event ends.",
        refusals: [.pillarNotFound, .counterNotFound, .pillarNameTaken])

    struct Params: Parameters {
        let pillar: PillarID
        let version: Int?
        let name: String?
        let counters: [CounterID]?
        let showsCheckInCode: Bool?
        let whenFixedEventEnds: WhenFixedEventEnds?

        init(from reader: inout ParameterReader) {
            pillar = reader.required("pillarId", "The pillar.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called.")
            counters = reader.optional("counterIds", "The counters whose events it may show, all of them.")
            showsCheckInCode = reader.optional("showsCheckInCode", "Whether it shows a QR code.")
            whenFixedEventEnds = reader.optional("whenFixedEventEnds", "What it does without check-ins.")
            if counters?.isEmpty == true { reader.refuse("counterIds", "must name at least one counter") }
        }

        var fields: [String] {
            [
                name == nil ? nil : "name", counters == nil ? nil : "counterIds",
                showsCheckInCode == nil ? nil : "showsCheckInCode",
                whenFixedEventEnds == nil ? nil : "whenFixedEventEnds",
            ].compactMap(\.self)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PillarRecord {
        let old = try call.pillar(params.pillar, lock: true)
        try call.requireVersion(params.version, is: old.version, changed: params.fields)
        call.audit.changedFields = params.fields
        try call.transaction.execute(
            """
            update pillar set name = coalesce(\(params.name), name),
                shows_check_in_code = coalesce(\(params.showsCheckInCode), shows_check_in_code),
                when_fixed_event_ends = coalesce(\(params.whenFixedEventEnds?.rawValue), when_fixed_event_ends),
                version = version + 1
            where id = \(old.id)
            """)
        if let counters = params.counters {
            try PillarCounters.set(counters, of: old.id, cardSystem: old.cardSystem, in: call)
        }
        return try call.pillar(old.id).warned(call)
    }
}
