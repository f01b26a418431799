import CardRules

extension PillarFacts {
    /// A pillar of the counter that is organizer 1 and place 9: `fixed=A choice=B fallback`.
    init(_ text: String) {
        self.init(
            id: PillarID(high: 0, low: 1), fixedEvent: nil, counterChoice: nil, whenFixedEventEnds: .strict,
            showsCheckInCode: true, organizers: [OrganizerID(high: 0, low: 1)], places: [PlaceID(high: 0, low: 9)])
        for word in text.split(separator: " ") {
            switch word.prefix(6) {
            case "fixed=": fixedEvent = .letter(String(word.suffix(1)))
            case "choice": counterChoice = .letter(String(word.suffix(1)))
            default: whenFixedEventEnds = WhenFixedEventEnds(rawValue: String(word))!
            }
        }
    }
}

extension [EventFacts] {
    /// One event a line: letter, calendar, what is changed, separated by `|`.
    init(table: String) {
        self = table.split(separator: "\n").map { line in
            let cells = String(line).cells
            return EventFacts.sample(cells[0], cells[1]).changed(cells.count > 2 ? cells[2] : "")
        }
    }
}

extension Assignment {
    /// `A fixed .. 2026-05-02 00:00` or `none, next 2026-05-01 19:00`, then the sources that were passed over.
    var text: String {
        let passed = passedOver.map { source in
            let names = [source.source.rawValue, source.event?.letter ?? "-"]
            return (names + source.reasons.map(\.text)).joined(separator: " ")
        }
        let outcome =
            switch outcome {
            case .event(let id, let source, let window): "\(id.letter) \(source.rawValue) .. \(window.end.wall)"
            case .none(let next): "none, next \(next?.wall ?? "never")"
            }
        return ([outcome] + passed).joined(separator: "; ")
    }
}
