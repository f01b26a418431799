import CardRules
import Testing

struct AssignmentTests {
    /// A has two evenings, B is open all day long on 1 May, C comes an hour after A's first; D is of other counters.
    private static let events = [EventFacts](
        table: """
            A | multiple; 2026-05-01 20:00 .. 2026-05-01 23:00; 2026-05-08 20:00 .. 2026-05-08 23:00
            B | single 2026-05-01 09:00 .. 2026-05-01 23:30 | organizer=5
            C | single 2026-05-01 21:00 .. 2026-05-01 22:00 | place=6
            D | single 2026-05-01 20:00 .. 2026-05-01 23:00 | organizer=5 place=6
            """)

    /// Pillar | instant | what it shows, and why what comes before it does not.
    @Test(arguments: [
        // KIO-02, KIO-03: precedence.
        "fixed=A choice=B | 2026-05-01 19:00 | A fixed .. 2026-05-02 00:00",
        "fixed=D choice=B | 2026-05-01 21:00 | D fixed .. 2026-05-02 00:00",
        "choice=B | 2026-05-01 20:00 | B counterChoice .. 2026-05-02 00:30",
        " | 2026-05-01 20:00 | A automatic .. 2026-05-02 00:00",
        // KIO-04: strict, before, between and after the openings; an event that is not known.
        """
        fixed=A choice=B strict | 2026-05-01 18:59
        | none, next 2026-05-01 19:00; fixed A checkIn.outsideOpening(opensAt=2026-05-01 19:00)
        """,
        """
        fixed=A choice=B strict | 2026-05-02 00:01
        | none, next 2026-05-08 19:00; fixed A checkIn.outsideOpening(opensAt=2026-05-08 19:00)
        """,
        """
        fixed=A choice=B strict | 2026-05-09 12:00
        | none, next never; fixed A checkIn.outsideOpening event.noFutureOpening
        """,
        "fixed=Z choice=B strict | 2026-05-01 12:00 | none, next never; fixed Z event.notFound",
        // KIO-04: fallback.
        """
        fixed=A choice=B fallback | 2026-05-01 12:00
        | B counterChoice .. 2026-05-02 00:30; fixed A checkIn.outsideOpening(opensAt=2026-05-01 19:00)
        """,
        """
        fixed=A fallback | 2026-05-01 12:00
        | B automatic .. 2026-05-02 00:30; fixed A checkIn.outsideOpening(opensAt=2026-05-01 19:00)
        """,
        "fixed=Z fallback | 2026-05-01 12:00 | B automatic .. 2026-05-02 00:30; fixed Z event.notFound",
        """
        fixed=A fallback | 2026-05-02 12:00 | none, next 2026-05-08 19:00; \
        fixed A checkIn.outsideOpening(opensAt=2026-05-08 19:00); automatic - pillar.noEvent(opensAt=2026-05-08 19:00)
        """,
        // A counter's choice that takes no check-ins now, is not known, or is no longer one of its counters.
        """
        choice=C | 2026-05-01 12:00
        | B automatic .. 2026-05-02 00:30; counterChoice C checkIn.outsideOpening(opensAt=2026-05-01 20:00)
        """,
        "choice=Z | 2026-05-01 12:00 | B automatic .. 2026-05-02 00:30; counterChoice Z event.notFound",
        "choice=D | 2026-05-01 21:00 | C automatic .. 2026-05-01 23:00; counterChoice D pillar.eventNotAcceptable",
        """
        fixed=A choice=C fallback | 2026-05-02 12:00 | none, next 2026-05-08 19:00; \
        fixed A checkIn.outsideOpening(opensAt=2026-05-08 19:00); \
        counterChoice C checkIn.outsideOpening event.noFutureOpening; \
        automatic - pillar.noEvent(opensAt=2026-05-08 19:00)
        """,
        // KIO-03: automatic takes the start of an opening that is nearest to now, either side.
        " | 2026-05-01 18:59:59 | B automatic .. 2026-05-02 00:30",
        " | 2026-05-01 19:00 | A automatic .. 2026-05-02 00:00",
        " | 2026-05-01 20:29:59 | A automatic .. 2026-05-02 00:00",
        " | 2026-05-01 20:30 | A automatic .. 2026-05-02 00:00",
        " | 2026-05-01 20:30:01 | C automatic .. 2026-05-01 23:00",
        " | 2026-05-01 23:00:01 | A automatic .. 2026-05-02 00:00",
        " | 2026-05-02 00:30 | B automatic .. 2026-05-02 00:30",
        " | 2026-05-02 00:30:01 | none, next 2026-05-08 19:00; automatic - pillar.noEvent(opensAt=2026-05-08 19:00)",
        " | 2026-05-09 12:00 | none, next never; automatic - pillar.noEvent",
    ])
    func `KIO-02 KIO-03 KIO-04 a pillar shows the fixed event, else the counter's choice, else the nearest`(row: String)
    {
        let cells = row.cells
        let assignment = PillarRules.assignment(of: PillarFacts(cells[0]), among: Self.events, at: .wall(cells[1]))
        #expect(assignment.text == cells[2])
    }

    /// Pillar | instant | until when the answer is known to hold.
    @Test(arguments: [
        "fixed=A | 2026-05-01 12:00 | 2026-05-01 19:00",
        "fixed=A | 2026-05-01 21:00 | 2026-05-01 23:00",
        "fixed=A | 2026-05-01 23:30 | 2026-05-02 00:00+1µs",
        "fixed=A | 2026-05-09 00:30 | never",
        "fixed=Z | 2026-05-01 12:00 | never",
        // What goes before in precedence, and a candidate that opens, may change it.
        "fixed=A choice=B fallback | 2026-05-01 12:00 | 2026-05-01 19:00",
        " | 2026-05-01 10:00 | 2026-05-01 19:00",
        // At half past eight A and C are equally near, and A wins by its id; a moment later C is nearer.
        " | 2026-05-01 20:10 | 2026-05-01 20:30+1µs",
        " | 2026-05-02 12:00 | 2026-05-08 19:00",
        " | 2026-05-09 12:00 | never",
    ])
    func `an answer says until when it may be served`(row: String) {
        let cells = row.cells
        let assignment = PillarRules.assignment(of: PillarFacts(cells[0]), among: Self.events, at: .wall(cells[1]))
        #expect(assignment.validUntil?.wall ?? "never" == cells[2])
    }

    @Test func `KIO-03 of two events equally near the one with the lower id is shown`() {
        let events = [EventFacts](
            table: """
                B | single 2026-05-01 20:00 .. 2026-05-01 23:00
                A | single 2026-05-01 21:00 .. 2026-05-01 22:00
                """)
        let before = PillarRules.assignment(of: PillarFacts(""), among: events, at: .wall("2026-05-01 20:10"))
        let then = PillarRules.assignment(of: PillarFacts(""), among: events, at: .wall("2026-05-01 20:30"))
        #expect(before.text == "B automatic .. 2026-05-02 00:00" && then.text == "A automatic .. 2026-05-01 23:00")
        #expect(before.validUntil == .wall("2026-05-01 20:30"))
    }

    /// Pillar | instant | kinds of the refusal of a check-in, the first of which names it.
    @Test(arguments: [
        "fixed=A | 2026-05-01 21:00 | ",
        "fixed=A | 2026-05-01 12:00 | checkIn.outsideOpening",
        "fixed=Z fallback | 2026-05-09 12:00 | event.notFound pillar.noEvent",
        " | 2026-05-09 12:00 | pillar.noEvent",
    ])
    func `KIO-07 a check-in at a pillar without event is refused with the reasons`(row: String) {
        let cells = row.cells
        let assignment = PillarRules.assignment(of: PillarFacts(cells[0]), among: Self.events, at: .wall(cells[1]))
        let kinds = assignment.refusal?.reasons.map(\.kind.rawValue) ?? []
        #expect(kinds.joined(separator: " ") == cells[2])
    }

    /// Instant | the candidates in their order, with their distance in minutes, or when they open.
    @Test(arguments: [
        "2026-05-01 20:10 | A 10, C 50, B 670",
        "2026-05-01 20:30 | A 30, C 30, B 690",
        "2026-05-01 07:00 | B 2026-05-01 08:00, A 2026-05-01 19:00, C 2026-05-01 20:00",
        "2026-05-01 12:00 | B 180, A 2026-05-01 19:00, C 2026-05-01 20:00",
        "2026-05-02 12:00 | A 2026-05-08 19:00, B never, C never",
    ])
    func `KIO-03 the candidates are ranked by the nearness of their start, with reasons`(row: String) {
        let cells = row.cells
        let events = Self.events.reversed()
        let ranking = PillarRules.candidates(for: PillarFacts(""), among: Array(events), at: .wall(cells[0]))
        let texts = ranking.map { candidate in
            let letter = candidate.event.id.letter
            switch candidate.checkIns {
            case .open: return "\(letter) \(candidate.distance!.microseconds / 60_000_000)"
            case .closed(let reasons, let next):
                #expect(!reasons.isEmpty && candidate.distance == nil)
                return "\(letter) \(next?.wall ?? "never")"
            }
        }
        #expect(texts.joined(separator: ", ") == cells[1])
    }

    @Test(arguments: 0..<200)
    func `an answer holds until the change that is foretold, for any pillar and any events`(seed: Int) {
        var dice = SeededDice(seed: seed)
        let change = Instant.changes.randomElement(using: &dice)!
        let letters = ["A", "B", "C", "D", "E", "F"].prefix(.random(in: 1...6, using: &dice))
        let events = letters.map { EventFacts.random($0, around: change, using: &dice) }
        let named = ["A", "B", "C", "Z"].map(EventID.letter) + [nil, nil, nil, nil]
        var pillar = PillarFacts("")
        pillar.fixedEvent = named.randomElement(using: &dice)!
        pillar.counterChoice = named.randomElement(using: &dice)!
        pillar.whenFixedEventEnds = Bool.random(using: &dice) ? .strict : .fallback
        for _ in 0..<15 {
            let instant = change + .minutes(.random(in: -10_000...10_000, using: &dice))
            let answer = PillarRules.assignment(of: pillar, among: events, at: instant)
            let until = answer.validUntil ?? instant + .days(60)
            #expect(until > instant)
            for later in Instant.samples(from: instant, to: until, using: &dice) {
                var again = PillarRules.assignment(of: pillar, among: events, at: later)
                again.validUntil = answer.validUntil
                #expect(again == answer, "\(pillar) \(events) from \(instant.text) to \(until.text), at \(later.text)")
            }
            let best = PillarRules.candidates(for: pillar, among: events, at: instant).first
            switch answer.outcome {
            case .event(let id, let source, let window):
                #expect(window.start <= instant && instant <= window.end)
                #expect(source != .automatic || (best?.event.id == id && best?.distance != nil))
            case .none(let next):
                #expect(best?.distance == nil || answer.passedOver.map(\.source) == [.fixed])
                #expect(answer.refusal != nil)
                guard let next else { continue }
                let then = PillarRules.assignment(of: pillar, among: events, at: next)
                #expect(then.refusal == nil, "\(pillar) \(events) is told to show something at \(next.text)")
            }
        }
    }
}
