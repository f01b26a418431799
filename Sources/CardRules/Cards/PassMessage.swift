/// Something that a counter is told when it looks a pass up. A client must show it (GEN-06).
public struct PassMessage: Sendable, Hashable {
    /// How much it matters.
    public enum Level: String, Sendable, CaseIterable {
        case info, warn, error
    }

    public let level: Level
    public let text: Translated

    public init(_ level: Level, _ text: Translated) { (self.level, self.text) = (level, text) }

    /// For how many days before its end a status is said to end soon: a month, as the grace after it, is what people
    /// need to bring their papers together.
    public static let soonDays = 30

    /// NUM-07, NUM-08, R-018: what to say of a pass that can be used.
    ///
    /// - Parameters:
    ///   - opportunity: The status in the card system that the pass was looked up for.
    ///   - blockedIn: The names of own card systems in which the person is blocked.
    ///   - pointsOwed: What later check-ins pay first, 0 or more.
    ///   - group: Of a group's pass, which is told once it has expired (GRP-03).
    public static func messages(
        opportunity: OpportunityStatus, blockedIn: [String] = [], pointsOwed: Int, group: GroupPassFacts? = nil,
        today: CivilDate
    ) -> [PassMessage] {
        var messages: [PassMessage] = []
        if let endDate = group?.endDate, group?.status(on: today) == .expired { messages.append(expired(endDate)) }
        if let message = message(on: opportunity, today: today) { messages.append(message) }
        messages += blockedIn.map(blocked)
        if pointsOwed > 0 { messages.append(owed(pointsOwed)) }
        return messages
    }

    private static func message(on opportunity: OpportunityStatus, today: CivilDate) -> PassMessage? {
        switch opportunity {
        case .none: nil
        case .active(let endDate, inGracePeriod: false):
            today.adding(days: soonDays) < endDate
                ? nil
                : PassMessage(
                    .info,
                    Translated(
                        nl: "Het kansenstatuut eindigt op \(endDate.text). Verleng het tijdig.",
                        en: "The opportunity status ends on \(endDate.text). Extend it in time.",
                        fr: "Le statut à tarif réduit prend fin le \(endDate.text). Prolongez-le à temps."))
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

    private static func blocked(in cardSystem: String) -> PassMessage {
        PassMessage(
            .warn,
            Translated(
                nl: "Deze pashouder is geblokkeerd in \(cardSystem).",
                en: "This pass holder is blocked in \(cardSystem).",
                fr: "Ce titulaire est bloqué dans \(cardSystem)."))
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
