import CardRules
import JSONRPC
import Postgres

/// An advantage as it is written: what the rules need, and what people read.
struct AdvantageDraft {
    var terms: AdvantageTerms
    var municipality: MunicipalityID?
    var title: LocalizedText?
    var promotionalText: LocalizedText?
    var practicalInfo: LocalizedText?
    var publication = DayPeriod.always
    var categories: [AdvantageCategory] = []
    var moreInfoURL: String?
    var pictureURLs: [String] = []
    var forKids = false
    var sport = false
    var featured = false

    /// What people like it for.
    var traits: AdvantageTraits {
        AdvantageTraits(categories: Set(categories), isForKids: forKids, isSport: sport, isFeatured: featured)
    }
    var redeemText: LocalizedText?
    var redeemLink: String?
    var redeemLabel: LocalizedText?

    /// A new one: a welcome is for the members of its own card system, others are for all members.
    init(_ type: AdvantageType, of cardSystem: CardSystemID, at now: Instant) {
        terms = AdvantageTerms(
            type: type, enteredAt: now, points: 0,
            holderLimit: type == .welcome ? PeriodLimit(volume: 1, per: .absolute) : nil,
            cardSystems: type == .welcome ? [cardSystem] : nil, codeWarningBelow: 10)
    }

    init(row: Row) throws {
        terms = try AdvantageTerms(row: row)
        municipality = try row["municipality_id"]
        title = try LocalizedText(stored: row["title"])
        promotionalText = try LocalizedText(stored: row["promotional_text"])
        practicalInfo = try (row["practical_info"] as PostgresJSON?).map(LocalizedText.init(stored:))
        publication = try DayPeriod(stored: try row["published_from"], try row["published_until"])
        categories = try row["categories"]
        moreInfoURL = try row["more_info_url"]
        pictureURLs = try row["picture_urls"]
        (forKids, sport, featured) = (try row["is_for_kids"], try row["is_sport"], try row["is_featured"])
        redeemText = try (row["redeem_text"] as PostgresJSON?).map(LocalizedText.init(stored:))
        redeemLink = try row["redeem_link"]
        redeemLabel = try (row["redeem_label"] as PostgresJSON?).map(LocalizedText.init(stored:))
    }

    mutating func apply(_ fields: AdvantageFields) {
        terms.status = fields.status ?? terms.status
        terms.granting = fields.granting.applied(to: terms.granting) ?? .always
        terms.exchange = fields.exchange.applied(to: terms.exchange) ?? .always
        terms.points = fields.points?.value ?? terms.points
        terms.isOnline = fields.online ?? terms.isOnline
        switch fields.units {
        case .keep: break
        case .clear: terms.units = nil
        case .set(let units): terms.units = units.value
        }
        terms.holderLimit = fields.holderLimit.applied(to: terms.holderLimit)
        terms.totalLimit = fields.totalLimit.applied(to: terms.totalLimit)
        terms.municipalities = fields.municipalities.map(Set.init) ?? terms.municipalities
        switch fields.cardSystems {
        case .keep: break
        case .clear: terms.cardSystems = nil
        case .set(let ids): terms.cardSystems = Set(ids)
        }
        terms.counters = fields.counters.map(Set.init) ?? terms.counters
        terms.codeWarningBelow = fields.codeWarningBelow?.value ?? terms.codeWarningBelow
        applyTexts(fields)
    }

    private mutating func applyTexts(_ fields: AdvantageFields) {
        municipality = fields.municipality.applied(to: municipality)
        title = fields.title ?? title
        promotionalText = fields.promotionalText ?? promotionalText
        practicalInfo = fields.practicalInfo.applied(to: practicalInfo)
        publication = fields.publication ?? publication
        categories = fields.categories ?? categories
        moreInfoURL = fields.moreInfoURL.link(instead: moreInfoURL)
        pictureURLs = fields.pictureURLs?.map(\.text) ?? pictureURLs
        (forKids, sport) = (fields.forKids ?? forKids, fields.sport ?? sport)
        featured = fields.featured ?? featured
        redeemText = fields.redeemText.applied(to: redeemText)
        redeemLink = fields.redeemLink.link(instead: redeemLink)
        redeemLabel = fields.redeemLabel.applied(to: redeemLabel)
    }

    /// ADV-01, ADV-14: what must be said, and what a type of advantage cannot have.
    var problems: [Problem] {
        let isWelcome = terms.type == .welcome
        let once = PeriodLimit(volume: 1, per: .absolute)
        let rules: [(String, String, Bool)] = [
            ("title", "is missing", title == nil),
            ("title", "must have at most 200 characters", title?.texts.values.contains { $0.count > 200 } == true),
            ("promotionalText", "is missing", promotionalText == nil),
            ("publicationPeriod", "must have a first day", publication.from == nil),
            ("points", "is missing", !isWelcome && terms.points == 0),
            ("categories", "must name one at least", !isWelcome && categories.isEmpty),
            ("moreInfoUrl", "is missing", !isWelcome && moreInfoURL == nil),
            ("points", "a welcome costs none", isWelcome && terms.points > 0),
            ("categories", "a welcome has none", isWelcome && !categories.isEmpty),
            ("holderLimit", "a welcome is taken once", isWelcome && terms.holderLimit != once),
            ("grantingPeriod", "is for a welcome only", !isWelcome && terms.granting != .always),
            ("cardSystemIds", "must name one at least; null is all", terms.cardSystems?.isEmpty == true),
            ("pictureUrls", "must be at most 20", pictureURLs.count > 20),
        ]
        return rules.filter(\.2).map { Problem(pointer: "/" + $0.0, reason: $0.1) }
    }

    /// link, text and codes are for online ones only.
    var reasons: [Reason] {
        if terms.isOnline { return [] }
        let given = [
            ("/redeemText", redeemText != nil), ("/redeemLink", redeemLink != nil),
            ("/redeemLabel", redeemLabel != nil), ("/online", terms.hasCodes),
        ]
        return given.filter(\.1).map { Reason(.advantageNotOnline, at: $0.0) }
    }

    /// The columns that a draft writes, as `values` gives them.
    static let columns: SQL = """
        type, status, municipality_id, title, title_key, promotional_text, practical_info, published_from,
        published_until, granted_from, granted_until, exchange_from, exchange_until, points, categories, more_info_url,
        picture_urls, is_for_kids, is_sport, is_featured, is_online, units, holder_limit_volume, holder_limit_period,
        total_limit_volume, total_limit_period, municipality_ids, all_card_systems, card_system_ids, counter_ids,
        redeem_text, redeem_link, redeem_label, code_warning_below
        """

    var values: SQL {
        """
        \(terms.type), \(terms.status), \(municipality), \(title?.stored), \(title?.searchKey),
        \(promotionalText?.stored), \(practicalInfo?.stored), \(publication.from), \(publication.until),
        \(terms.granting.from), \(terms.granting.until), \(terms.exchange.from), \(terms.exchange.until),
        \(terms.points), \(categories), \(moreInfoURL), \(pictureURLs), \(forKids), \(sport), \(featured),
        \(terms.isOnline), \(terms.units), \(terms.holderLimit?.volume), \(terms.holderLimit?.period),
        \(terms.totalLimit?.volume), \(terms.totalLimit?.period), \(terms.municipalities.sorted()),
        \(terms.cardSystems == nil), \((terms.cardSystems ?? []).sorted()), \(terms.counters.sorted()),
        \(redeemText?.stored), \(redeemLink), \(redeemLabel?.stored), \(terms.codeWarningBelow)
        """
    }
}

extension Change<WebLink> {
    fileprivate func link(instead old: String?) -> String? {
        switch self {
        case .keep: old
        case .clear: nil
        case .set(let link): link.text
        }
    }
}
