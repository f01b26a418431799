import CardRules
import JSONRPC
import Postgres

/// An advantage as it is told. Those who may change it see its codes and what else is theirs; the public does not.
struct AdvantageRecord: ResultRecord {
    let id: AdvantageID
    let cardSystem: CardSystemID
    let draft: AdvantageDraft
    /// Absent as of another instant.
    let unitsTaken: Int?
    let version: Int
    private(set) var own: Own?
    let today: CivilDate

    /// What those see who may change it.
    struct Own {
        let codesAdded: Int
        let codesLeft: Int
        let warnings: [AdvantageWarning]
    }

    static let columns: SQL = """
        a.*, (select m.joined_on from municipality m where m.id = a.municipality_id) as joined_on
        """

    /// - Parameter asOf: Whether the row tells of another instant, so that counts say nothing.
    init(row: Row, today: CivilDate, asOf: Bool = false) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        draft = try AdvantageDraft(row: row)
        unitsTaken = asOf ? nil : try row["units_taken"]
        version = try row["version"]
        let left: Int = try row["codes_left"]
        own =
            asOf
            ? nil
            : Own(
                codesAdded: try row["codes_added"], codesLeft: left,
                warnings: AdvantageWarning.warnings(of: draft.terms, codesLeft: left))
        self.today = today
    }

    /// Without what is its owner's, for others.
    func shown(to call: Call) -> AdvantageRecord { call.knowsOwner(cardSystem) ? self : forOthers }

    var forOthers: AdvantageRecord {
        var record = self
        record.own = nil
        return record
    }

    /// ADV-17: its last week, or the last tenth of its units.
    var isLastChance: Bool {
        let isLastWeek = draft.terms.exchange.until.map { (today...today.adding(days: 6)).contains($0) } ?? false
        guard let units = draft.terms.units, let unitsTaken, unitsTaken < units else { return isLastWeek }
        return isLastWeek || unitsTaken * 10 >= units * 9
    }
}

extension AdvantageRecord {
    static let fields: [ResultField<AdvantageRecord>] = what + who + owner

    private static let what: [ResultField<AdvantageRecord>] = [
        .init("id", "The advantage.") { $0.id },
        .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        .init("municipalityId", "The municipality that offers it.") { $0.draft.municipality },
        .init("type", "For becoming a member, or in exchange for points.") { $0.draft.terms.type },
        .init("status", "Whether it is there.") { $0.draft.terms.status },
        .init("title", "What it is called.") { $0.draft.title },
        .init("promotionalText", "What makes people want it.") { $0.draft.promotionalText },
        .init("practicalInfo", "What they should know.") { $0.draft.practicalInfo },
        .init("publicationPeriod", "When it is shown to the public.") { $0.draft.publication },
        .init("grantingPeriod", "Of a welcome: whoever becomes a member on these days gets it.") {
            $0.draft.terms.type == .welcome ? $0.draft.terms.granting : nil
        },
        .init("exchangePeriod", "When it can be taken.") { $0.draft.terms.exchange },
        .init("points", "What it costs; 0 for a welcome.") { $0.draft.terms.points },
        .init("categories", "What it is.") { $0.draft.categories },
        .init("moreInfoUrl", "Where more is told.") { $0.draft.moreInfoURL },
        .init("pictureUrls", "Where its pictures are.") { $0.draft.pictureURLs },
        .init("forKids", "Whether it is for children.") { $0.draft.forKids },
        .init("sport", "Whether it is about sport.") { $0.draft.sport },
        .init("featured", "Whether it is put in the light.") { $0.draft.featured },
        .init("online", "Whether it can be taken online too.") { $0.draft.terms.isOnline },
        .init("lastChance", "Whether its last week or the last tenth of its units has come.") { $0.isLastChance },
    ]

    private static let who: [ResultField<AdvantageRecord>] = [
        .init("units", "How many there are; unlimited if absent.") { $0.draft.terms.units },
        .init("unitsTaken", "How many were taken; not told as of another instant.") { $0.unitsTaken },
        .init("holderLimit", "What one holder may take.") { $0.draft.terms.holderLimit },
        .init("totalLimit", "What all holders together may take.") { $0.draft.terms.totalLimit },
        .init("residentsOf", "Whose residents may take it; everybody if empty.") {
            $0.draft.terms.municipalities.sorted()
        },
        .init("cardSystemIds", "Whose members may take it; those of all card systems if absent.") {
            $0.draft.terms.cardSystems?.sorted()
        },
        .init("counterIds", "Where it is taken; at all counters of those card systems if empty.") {
            $0.draft.terms.counters.sorted()
        },
        .init("enteredAt", "When it was entered.") { $0.draft.terms.enteredAt },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    private static let owner: [ResultField<AdvantageRecord>] = [
        .init("redeemText", "What is told to who took it online; for its own card system.") {
            $0.own == nil ? nil : $0.draft.redeemText
        },
        .init("redeemLink", "Where that one goes on; for its own card system.") {
            $0.own == nil ? nil : $0.draft.redeemLink
        },
        .init("redeemLabel", "What the link is called; for its own card system.") {
            $0.own == nil ? nil : $0.draft.redeemLabel
        },
        .init("codesAdded", "Codes that go with it, without void ones; for its own card system.") {
            $0.own?.codesAdded
        },
        .init("codesLeft", "Those of them that are still to be had; for its own card system.") { $0.own?.codesLeft },
        .init("codeWarningBelow", "Fewer codes are too few; for its own card system.") {
            $0.own == nil ? nil : $0.draft.terms.codeWarningBelow
        },
        .init("warnings", "What may not be meant so (S14, S16); for its own card system.") { $0.own?.warnings },
    ]
}
