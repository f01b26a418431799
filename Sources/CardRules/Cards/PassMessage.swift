/// Something that a counter is told when it looks a pass up. A client must show it (GEN-06).
public struct PassMessage: Sendable, Hashable {
    /// How much it matters.
    public enum Level: String, Sendable, CaseIterable {
        case info, warn, error
    }

    public let level: Level
    public let text: Translated

    public init(_ level: Level, _ text: Translated) { (self.level, self.text) = (level, text) }

    /// NUM-07, NUM-08: what to say of a pass that can be used.
    ///
    /// - Parameters:
    ///   - opportunity: The status in the card system that the pass was looked up for.
    ///   - pointsOwed: What later check-ins pay first, 0 or more.
    ///   - group: Of a group's pass, which is told once it has expired (GRP-03).
    public static func messages(
        opportunity: OpportunityStatus, pointsOwed: Int, group: GroupPassFacts? = nil, today: CivilDate
    ) -> [PassMessage] {
        var messages: [PassMessage] = []
        if let endDate = group?.endDate, group?.status(on: today) == .expired { messages.append(expired(endDate)) }
        if let message = message(on: opportunity) { messages.append(message) }
        if pointsOwed > 0 { messages.append(owed(pointsOwed)) }
        return messages
    }

    private static func message(on opportunity: OpportunityStatus) -> PassMessage? {
        switch opportunity {
        case .none, .active(_, inGracePeriod: false): nil
        case .active(let endDate, inGracePeriod: true):
            PassMessage(
                .info,
                Translated(
                    nl: "Het kansenstatuut eindigde op \(endDate.text) en geldt nog even. Verleng het tijdig.",
                    en: "The opportunity status ended on \(endDate.text) and holds a little longer. Extend it in time.",
                    fr: "Le statut à tarif réduit a pris fin le \(endDate.text) et vaut encore un peu. Prolongez-le."))
        case .expired(let endDate):
            PassMessage(
                .warn,
                Translated(
                    nl: "Het kansenstatuut is verlopen sinds \(endDate.text). Punten sparen en omruilen kan nog.",
                    en: "The opportunity status ended on \(endDate.text). Points can still be saved and exchanged.",
                    fr: "Le statut à tarif réduit a pris fin le \(endDate.text). Les points restent utilisables."))
        case .suspended(let until, _):
            PassMessage(
                .warn,
                Translated(
                    nl: "Het kansenstatuut is geschorst tot en met \(until.text). Punten sparen en omruilen kan nog.",
                    en: "The opportunity status is suspended up to \(until.text). Points can be saved and exchanged.",
                    fr: "Le statut à tarif réduit est suspendu jusqu'au \(until.text). Les points sont utilisables."))
        }
    }

    private static func expired(_ endDate: CivilDate) -> PassMessage {
        PassMessage(
            .warn,
            Translated(
                nl: "Deze groepspas is verlopen sinds \(endDate.text): er zijn geen tickets meer.",
                en: "This group pass ended on \(endDate.text): there are no tickets left.",
                fr: "Ce pass de groupe a pris fin le \(endDate.text) : il n'y a plus de tickets."))
    }

    private static func owed(_ points: Int) -> PassMessage {
        PassMessage(
            .warn,
            Translated(
                nl: "Er zijn nog \(points) punten te vereffenen: ze gaan af van wat eerst gespaard wordt.",
                en: "\(points) points are owed: they are taken from what is saved next.",
                fr: "\(points) points sont dus : ils sont déduits des prochains points épargnés."))
    }
}
