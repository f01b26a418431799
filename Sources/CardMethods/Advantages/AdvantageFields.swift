import CardRules
import JSONRPC
import Postgres

/// What an administrator says of an advantage, when it is entered and when it changes.
struct AdvantageFields: Sendable {
    enum Points: IntegerRange { static let range = 1...1_000_000 }
    enum Units: IntegerRange { static let range = 0...100_000_000 }
    enum Codes: IntegerRange { static let range = 0...1_000_000 }

    let status: AdvantageStatus?
    let municipality: Change<MunicipalityID>
    let title: LocalizedText?
    let promotionalText: LocalizedText?
    let practicalInfo: Change<LocalizedText>
    let publication: DayPeriod?
    let granting: Change<DayPeriod>
    let exchange: Change<DayPeriod>
    let points: Bounded<Points>?
    let categories: [AdvantageCategory]?
    let moreInfoURL: Change<WebLink>
    let pictureURLs: [WebLink]?
    let forKids: Bool?
    let sport: Bool?
    let featured: Bool?
    let online: Bool?
    let units: Change<Bounded<Units>>
    let holderLimit: Change<PeriodLimit>
    let totalLimit: Change<PeriodLimit>
    let municipalities: [MunicipalityID]?
    let cardSystems: Change<[CardSystemID]>
    let counters: [CounterID]?
    let redeemText: Change<LocalizedText>
    let redeemLink: Change<WebLink>
    let redeemLabel: Change<LocalizedText>
    let codeWarningBelow: Bounded<Codes>?

    init(from reader: inout ParameterReader) {
        status = reader.optional("status", "`inactive` cannot be taken; `deleted` is for good.")
        title = reader.optional("title", "What it is called, in one language at least.")
        promotionalText = reader.optional("promotionalText", "What makes people want it.")
        practicalInfo = reader.change("practicalInfo", "What they should know.")
        publication = reader.optional("publicationPeriod", "When it is shown to the public; it needs a first day.")
        granting = reader.change("grantingPeriod", "Of a welcome: whoever becomes a member on these days gets it.")
        exchange = reader.change("exchangePeriod", "When it can be taken; always if absent.")
        points = reader.optional("points", "What it costs, if it is exchanged for points.")
        categories = reader.optional("categories", "What it is; needed if it is exchanged for points.")
        moreInfoURL = reader.change("moreInfoUrl", "Where more is told; needed if it is exchanged for points.")
        pictureURLs = reader.optional("pictureUrls", "Where its pictures are; they are not copied.")
        forKids = reader.optional("forKids", "Whether it is for children.")
        sport = reader.optional("sport", "Whether it is about sport.")
        featured = reader.optional("featured", "Whether it is put in the light.")
        online = reader.optional("online", "Whether it can be taken online too.")
        units = reader.change("units", "How many there are: none at 0, unlimited if absent.")
        holderLimit = reader.change("holderLimit", "What one holder may take; of a welcome it is one ever.")
        totalLimit = reader.change("totalLimit", "What all holders together may take.")
        municipality = reader.change("municipalityId", "The municipality that offers it.")
        municipalities = reader.optional(
            "residentsOf", "Only residents of these municipalities see and take it; empty is everybody (ADV-15).")
        cardSystems = reader.change(
            "cardSystemIds", "Whose members may take it; `null` is all card systems (ADV-09).")
        counters = reader.optional(
            "counterIds", "Where it is taken; empty is all counters of those card systems.")
        redeemText = reader.change("redeemText", "What is told to who took it online.")
        redeemLink = reader.change("redeemLink", "Where that one goes on.")
        redeemLabel = reader.change("redeemLabel", "What the link is called.")
        codeWarningBelow = reader.optional(
            "codeWarningBelow", "The administration is told when fewer codes are left; 10 at first.")
    }

    /// Those that are given, for the audit row.
    var names: [String] {
        func given<Value>(_ change: Change<Value>) -> Bool { if case .keep = change { false } else { true } }
        let all: [(String, Bool)] = [
            ("status", status != nil), ("municipalityId", given(municipality)), ("title", title != nil),
            ("promotionalText", promotionalText != nil), ("practicalInfo", given(practicalInfo)),
            ("publicationPeriod", publication != nil), ("grantingPeriod", given(granting)),
            ("exchangePeriod", given(exchange)), ("points", points != nil), ("categories", categories != nil),
            ("moreInfoUrl", given(moreInfoURL)), ("pictureUrls", pictureURLs != nil), ("forKids", forKids != nil),
            ("sport", sport != nil), ("featured", featured != nil), ("online", online != nil),
            ("units", given(units)), ("holderLimit", given(holderLimit)), ("totalLimit", given(totalLimit)),
            ("residentsOf", municipalities != nil), ("cardSystemIds", given(cardSystems)),
            ("counterIds", counters != nil), ("redeemText", given(redeemText)), ("redeemLink", given(redeemLink)),
            ("redeemLabel", given(redeemLabel)), ("codeWarningBelow", codeWarningBelow != nil),
        ]
        return all.filter(\.1).map(\.0)
    }
}
