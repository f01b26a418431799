import CardRules
import JSONRPC
import Postgres

/// One redemption that is asked for, with its facts.
struct RedemptionItem {
    struct Card {
        let id: CardID
        let number: String
        let facts: RedemptionFacts.Card
    }

    struct Holder {
        let id: PassHolderID
        let accounts: PointsAccounts
        let facts: RedemptionFacts.Holder
    }

    let advantage: AdvantageID
    let place: RedemptionFacts.Place
    let chip: String?
    let number: String?
    /// Who takes it, if the card does not say.
    let holderID: PassHolderID?
    /// What is said if nobody is found.
    private let nobody: Reason
    private(set) var card: Card?
    private(set) var holder: Holder?

    init(_ request: RedemptionRequest) {
        (advantage, place) = (request.advantage, request.place)
        switch request.taker {
        case .card(let name):
            (chip, number, holderID) = (name.chip, name.number, nil)
            nobody = Reason(.cardNotFound, at: name.pointer)
        case .holder(let id, let card):
            (chip, number, holderID) = (nil, card?.text, id)
            nobody = Reason(.passHolderNotFound, at: "/passHolderId")
        case .nobody(let reason):
            (chip, number, holderID, nobody) = (nil, nil, nil, reason)
        }
    }

    /// Why there is nobody to take it; `nil` if there is. A group pass is somebody.
    var noTaker: Reason? { card == nil && holder == nil ? nobody : nil }

    /// Takes the facts of a row of `RedemptionStatements.facts`.
    mutating func take(_ row: Row) throws {
        if let id: CardID = try row["card_id"] {
            card = Card(
                id: id, number: try row["number"],
                facts: .init(
                    status: CardStatus(rawValue: try row["card_status"])!, isGroupPass: try row["is_group_pass"]))
        }
        guard let id: PassHolderID = try row["holder_id"] else { return }
        let cardSystems: [CardSystemID] = try row["card_systems"] ?? []
        let since: [Instant] = try row["since"] ?? []
        let municipalities: [MunicipalityID] = try row["municipalities"] ?? []
        holder = Holder(
            id: id, accounts: PointsAccounts(holder: try row["account_id"], owed: try row["owed_id"]),
            facts: .init(
                isBlocked: try row["holder_status"] == "blocked",
                memberships: Dictionary(zip(cardSystems, since), uniquingKeysWith: min),
                municipalities: Set(municipalities), takenInPeriod: try row["taken"], nextSlot: try row["next_slot"],
                balance: try row["balance"], pointsOwed: try row["owed"]))
    }
}

/// An advantage as it is now, with what is taken of it.
struct AdvantageEntry: Sendable {
    let id: AdvantageID
    /// Whose it is.
    let owner: CardSystemID
    let title: LocalizedText
    let terms: AdvantageTerms
    let stock: RedemptionFacts.Stock
    let version: Int
    let redeemText: LocalizedText?
    let redeemLink: String?
    let redeemLabel: LocalizedText?

    /// Reads a row of `RedemptionStatements.advantages`.
    init(row: Row) throws {
        id = try row["id"]
        owner = try row["card_system_id"]
        title = try LocalizedText(stored: try row["title"])
        terms = try AdvantageTerms(row: row)
        stock = .init(
            unitsTaken: try row["units_taken"], takenInPeriod: try row["taken_in_period"],
            codesLeft: try row["codes_left"])
        version = try row["version"]
        redeemText = try (row["redeem_text"] as PostgresJSON?).map(LocalizedText.init(stored:))
        redeemLink = try row["redeem_link"]
        redeemLabel = try (row["redeem_label"] as PostgresJSON?).map(LocalizedText.init(stored:))
    }

    /// One that is not active is known to its own card system and to those whose members may take it; one that is
    /// deleted to nobody.
    func isKnown(in cardSystems: Set<CardSystemID>) -> Bool {
        if terms.status == .deleted { return false }
        return terms.status == .active || cardSystems.contains(owner) || cardSystems.contains(where: terms.applies)
    }
}
