import CardRules
import JSONRPC
import Postgres

enum CheckInCreateCorrectionJob: Method {
    static let declaration = Declaration(
        "checkIn.createCorrectionJob", .writes, by: [.cardSystemAdministrator, .operator],
        "Makes a job that corrects the check-ins of an event that was set wrongly (S11).",
        details: "With `points` each is given those, as by `checkIn.correct`; without, each is cancelled, as by "
            + "`checkIn.cancel`. Its rows are those that stand now and give other points, as if a file of them had "
            + "been uploaded and validated; `job.preview` shows what would come of it, and `job.start` does it.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let filter: CheckInFilter
        let cardSystem: CardSystemID
        let points: EventPoints?
        let reason: String
        let force: Bool
        let name: String?

        init(from reader: inout ParameterReader) {
            filter = CheckInFilter(ofOneEvent: &reader)
            cardSystem = filter.cardSystem ?? .nil
            points = reader.optional("points", "What each should have given; absent to cancel them.")
            reason = reader.required("reason", "Why; every check-in's audit row says it.")
            force = reader.optional("force", default: false, "Take back even what is spent.")
            name = reader.optional("name", "What the job is called.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> JobRecord {
        try call.requireCardSystem(params.cardSystem)
        call.audit.cardSystem = params.cardSystem
        let method = params.points == nil ? CheckInCancel.declaration.name : CheckInCorrect.declaration.name
        let work = try call.requireWork(method, in: params.cardSystem)
        var fixed: [JSONObject.Member] = [.init(name: "reason", value: .string(params.reason))]
        if let points = params.points { fixed.append(.init(name: "points", value: .integer(Int64(points.count)))) }
        if params.force { fixed.append(.init(name: "force", value: true)) }
        let job = NewJob(
            id: call.newID(), cardSystem: params.cardSystem, work: work, name: params.name ?? params.reason,
            fixed: JSONObject(fixed))
        let rows = try call.transaction.query(
            """
            select k.id, k.points, k.checked_in_at from check_in k
            where \(fragment: params.filter.condition(call)) and k.points is distinct from \(params.points?.count)
            order by k.id
            """)
        return try call.prepare(
            job, columns: ["checkInId", "ksb.points", "ksb.checkedInAt"],
            rows: rows.map { row in
                let (id, points, at): (CheckInID, Int, Instant) = (try row[0], try row[1], try row[2])
                return [id.text, String(points), at.text]
            })
    }
}
