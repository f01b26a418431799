import CardRules
import JSONRPC
import Postgres

enum OpportunityCreateRenewalJob: Method {
    static let declaration = Declaration(
        "opportunity.createRenewalJob", .writes, by: [.cardSystemAdministrator, .operator],
        "Makes a job that extends the opportunity status of everyone for whom it ends on a day (PH-04, R-085).",
        details: "The yearly campaign. Its rows are written at once, one for each person as things stand, as if a file "
            + "of them had been uploaded for `opportunity.extend` and validated; `job.preview` and `job.start` go on. "
            + "Whose status was extended before a row is done is refused there, or stays as it is.",
        refusals: [
            .cardSystemNotFound, .municipalityNotFound, .opportunityDatePassed, .opportunityEndsLater,
        ])

    struct Params: Parameters {
        let filter: OpportunityFilter
        let endsUntil: CivilDate
        let endDate: CivilDate?
        let name: String?

        init(from reader: inout ParameterReader) {
            let cardSystem: CardSystemID = reader.required("cardSystemId", "Whose opportunity status.")
            let endsFrom: CivilDate = reader.required("endsFrom", "The last entitled day of those whom it is about.")
            let until: CivilDate? = reader.optional("endsUntil", "The last such day; `endsFrom` alone if absent.")
            let municipality: MunicipalityID? = reader.optional(
                "municipalityId", "Only residents of this municipality of the card system.")
            endDate = reader.optional("endDate", "The new last entitled day; 30 April of next year if absent (REG-09).")
            name = reader.optional("name", "What the job is called.")
            endsUntil = until ?? endsFrom
            if endsFrom > endsUntil { reader.refuse("endsUntil", "must not lie before endsFrom") }
            filter = OpportunityFilter(
                cardSystem: cardSystem, endsFrom: endsFrom, endsUntil: endsUntil, municipality: municipality)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> JobRecord {
        let cardSystem = params.filter.cardSystem
        call.audit.cardSystem = cardSystem
        let condition = try params.filter.condition(in: call)
        let work = try call.requireWork(OpportunityExtend.declaration.name, in: cardSystem)
        let today = Brussels.date(call.now)
        let endDate = params.endDate ?? OpportunityStatus.defaultEndDate(on: today)
        try OpportunityRules.renew(until: params.endsUntil, to: endDate, today: today).refuse()
        let job = NewJob(
            id: call.newID(), cardSystem: cardSystem, work: work,
            name: params.name ?? "\(work.name) \(params.endsUntil.text)",
            fixed: JSONObject([.init(name: "endDate", value: .string(endDate.text))]))
        return try call.prepare(job, columns: Self.columns, rows: people(condition, call))
    }

    /// What stands under `ksb.` is for the eyes of whoever reads the outcome.
    private static let columns = ["passHolderId", "ksb.cardNumber", "ksb.name", "ksb.firstName"]

    private static func people(_ condition: SQL, _ call: Call) throws -> [[String]] {
        let rows = try call.transaction.query(
            """
            select h.id, c.number, h.name, h.first_name from membership m join pass_holder h on h.id = m.holder_id
            left join card c on c.id = m.current_card_id
            where \(fragment: condition) order by h.name_key, h.first_name_key, h.id
            """)
        return try rows.map { row in
            let (id, number): (PassHolderID, CardNumber?) = (try row[0], try row[1])
            return [id.text, number?.text ?? "", try row[2], try row[3]]
        }
    }
}
