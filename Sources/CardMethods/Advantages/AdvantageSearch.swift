import CardRules
import JSONRPC
import Postgres

/// Which advantages a list is about, before any other filter (ADV-17).
enum AdvantageSubset: String, WordParameter {
    /// Active, shown to the public and to be taken now, of a permanent card system.
    case published
    /// The same, to be taken later.
    case publishedFuture
    /// Active and to be taken now, shown to the public or not.
    case redeemable
    /// The same, to be taken later.
    case redeemableFuture
    /// Inactive ones too.
    case all

    func condition(on today: CivilDate) -> SQL {
        let isPublished: SQL = "a.published_from <= \(today) and coalesce(a.published_until, \(today)) >= \(today)"
        let isOpen: SQL = """
            coalesce(a.exchange_from, \(today)) <= \(today) and coalesce(a.exchange_until, \(today)) >= \(today)
            """
        let isPermanent: SQL = """
            a.status = 'active' and exists (select from card_system s
                where s.id = a.card_system_id and s.is_permanent)
            """
        return switch self {
        case .published: .joined([isPermanent, isPublished, isOpen], separator: " and ")
        case .publishedFuture:
            .joined([isPermanent, isPublished, "a.exchange_from > \(today)"], separator: " and ")
        case .redeemable: .joined([isPermanent, isOpen], separator: " and ")
        case .redeemableFuture: .joined([isPermanent, "a.exchange_from > \(today)"], separator: " and ")
        case .all: "true"
        }
    }
}

/// What is asked of a list of advantages: several values of a filter are alternatives (ADV-18).
struct AdvantageSearch: Sendable {
    let types: [AdvantageType]
    let text: NamePattern?
    let categories: [AdvantageCategory]?
    let cardSystems: [CardSystemID]?
    let owners: [CardSystemID]?
    let counters: [CounterID]?
    let municipalities: [MunicipalityID]?
    let pointsFrom: Int?
    let pointsUntil: Int?
    let flags: [(column: SQL, name: String, value: Bool)]
    let order: AdvantageOrder
    let page: PageRequest
    let withFacets: Bool

    init(from reader: inout ParameterReader) {
        types = reader.optional("types", default: [.exchange], "Exchange advantages if absent.")
        text = reader.optional("text", "Part of the title in any language, in which `*` stands for anything.")
        categories = reader.optional("categories", "One of these.")
        cardSystems = reader.optional("cardSystemIds", "The members of one of these may take it.")
        owners = reader.optional("ownerCardSystemIds", "It is one of these card systems'.")
        counters = reader.optional("counterIds", "It names one of these counters.")
        municipalities = reader.optional("municipalityIds", "One of these municipalities offers it.")
        pointsFrom = reader.optional("pointsFrom", "It costs so many points or more.")
        pointsUntil = reader.optional("pointsUntil", "It costs so many points or fewer.")
        let names: [(SQL, String, String)] = [
            ("a.is_for_kids", "forKids", "Only those for children, or only others."),
            ("a.is_sport", "sport", "Only those about sport, or only others."),
            ("a.is_featured", "featured", "Only those in the light, or only others."),
            ("a.is_online", "online", "Only those that can be taken online, or only others."),
        ]
        var flags: [(SQL, String, Bool)] = []
        for (column, name, text) in names {
            if let value: Bool = reader.optional(name, text) { flags.append((column, name, value)) }
        }
        self.flags = flags
        let sort: [AdvantageSort] = reader.optional(
            "sort", default: [AdvantageSort(.title)], "By these in turn, with `-` before for descending.")
        if !(1...3).contains(sort.count) || Set(sort.map(\.key)).count < sort.count {
            reader.refuse("sort", "must be one to three different ones")
        }
        order = AdvantageOrder(sort: sort)
        page = PageRequest(from: &reader)
        withFacets = reader.optional(
            "withFacets", default: false, "Whether to count how many there are of each kind (ADV-18).")
    }

    /// The conditions, each with the facet that its filter chooses from; `nil` for a filter that is none.
    var conditions: [(facet: AdvantageFacet.Name?, condition: SQL)] {
        let all: [(AdvantageFacet.Name?, SQL?)] = [
            (.type, types.isEmpty ? nil : "a.type = any (\(types))"),
            (nil, text.map { "a.title_key like \("%" + $0.like + "%")" }),
            (.category, categories.map { "a.categories && \($0)" }),
            (.cardSystem, cardSystems.map { "(a.all_card_systems or a.card_system_ids && \($0))" }),
            (nil, owners.map { "a.card_system_id = any (\($0))" }),
            (nil, counters.map { "a.counter_ids && \($0)" }),
            (.municipality, municipalities.map { "a.municipality_id = any (\($0))" }),
            (nil, pointsFrom.map { "a.points >= \($0)" }), (nil, pointsUntil.map { "a.points <= \($0)" }),
        ]
        return all.compactMap { facet, condition in condition.map { (facet, $0) } }
            + flags.map { (AdvantageFacet.Name(rawValue: $0.name), "\(fragment: $0.column) = \($0.value)") }
    }
}
