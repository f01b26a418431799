import CardRules

extension EventCalendar {
    /// A calendar as the tables of these tests write it, its parts separated by `;`:
    ///
    ///     single 2026-05-01 20:00 .. 2026-05-01 23:00
    ///     multiple; 2026-05-01 20:00 .. 2026-05-01 23:00; 2026-05-02 20:00 .. 2026-05-02 23:00 unavailable
    ///     periodic 2026-05-01 00:00 .. 2026-05-31 00:00; mon tue 09:00-12:00; closed 2026-05-04..2026-05-05
    ///     permanent; fri 20:00-02:00; adjusted 2026-05-10..2026-05-11: sun 10:00-12:00, mon 13:00-14:00
    init(_ text: String) {
        let parts = text.split(separator: ";").map { $0.trimmed }
        let words = parts[0].split(separator: " ").map(String.init)
        switch words[0] {
        case "single":
            self = .single(start: .wall("\(words[1]) \(words[2])"), end: .wall("\(words[4]) \(words[5])"))
        case "multiple":
            self = .multiple(
                parts.dropFirst().map { part in
                    let words = part.split(separator: " ").map(String.init)
                    return SubEvent(
                        start: .wall("\(words[0]) \(words[1])"), end: .wall("\(words[3]) \(words[4])"),
                        status: words.count > 5 ? EventStatus(rawValue: words[5])! : nil)
                })
        case "periodic":
            self = .periodic(
                start: .wall("\(words[1]) \(words[2])"), end: .wall("\(words[4]) \(words[5])"),
                OpeningSchedule(parts.dropFirst()))
        default:
            self = .permanent(OpeningSchedule(parts.dropFirst()))
        }
    }
}

extension OpeningSchedule {
    init(_ parts: some Collection<String>) {
        self.init()
        for part in parts {
            if part.hasPrefix("closed ") {
                closed.append(Self.days(part.dropFirst(7)))
            } else if part.hasPrefix("adjusted ") {
                let halves = part.dropFirst(9).split(separator: ":", maxSplits: 1)
                let hours = halves.count > 1 ? halves[1].split(separator: ",").map(Self.hours) : []
                adjusted.append(AdjustedDays(days: Self.days(halves[0]), hours: hours))
            } else {
                weekly.append(Self.hours(Substring(part)))
            }
        }
    }

    private static func days(_ text: Substring) -> ClosedRange<CivilDate> {
        let text = text.trimmed
        return CivilDate(text: String(text.prefix(10)))!...CivilDate(text: String(text.suffix(10)))!
    }

    private static func hours(_ text: Substring) -> OpeningHours {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let words = text.split(separator: " ").map(String.init)
        let days = words.dropLast().flatMap { word in
            word == "daily" ? Weekday.allCases : [Weekday(rawValue: names.firstIndex(of: word)!)!]
        }
        let times = words.last!.split(separator: "-").map { TimeOfDay(text: String($0))! }
        return OpeningHours(days: Set(days), opens: times[0], closes: times[1])
    }
}

extension Opening {
    /// `2026-05-01T20:00:00+02:00/2026-05-01T23:00:00+02:00`.
    var text: String { "\(start.text)/\(end.text)" }
}

extension EventFacts {
    /// A published event of organizer 1 at place 9, named by a letter.
    static func sample(_ letter: String, _ calendar: String) -> EventFacts {
        EventFacts(
            id: .letter(letter), name: LocalizedText(letter, in: .nl), organizer: OrganizerID(high: 0, low: 1),
            place: PlaceID(high: 0, low: 9), workflowStatus: .approved, availableFrom: nil, status: .available,
            bookingAvailability: .available, calendar: EventCalendar(calendar), checkInMargins: .standard,
            checkInPoints: 1, checkInLimit: nil, version: 1)
    }

    func with(_ change: (inout EventFacts) -> Void) -> EventFacts {
        var event = self
        change(&event)
        return event
    }
}

extension ID<EventKind> {
    static func letter(_ letter: String) -> EventID { EventID(high: 0, low: UInt64(letter.utf8.first!)) }

    /// The letter that it was made of.
    var letter: String { String(UnicodeScalar(UInt8(low))) }
}

extension StringProtocol {
    /// Without blanks at either end.
    var trimmed: String { String(self).cells[0] }
}

/// Dice that fall alike for a seed, so that a failing case can be thrown again.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x2545_F491_4F6C_DD1D &+ 0x1234_5678_9ABC_DEF1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x9E37_79B9_7F4A_7C15
    }
}

extension EventFacts {
    /// The event with changes such as `workflow=draft from=2026-05-01T20:00 organizer=none status=unavailable`.
    func changed(_ text: String) -> EventFacts {
        text.split(separator: " ").reduce(self) { event, change in
            let (name, value) = (change.prefix { $0 != "=" }, String(change.drop { $0 != "=" }.dropFirst()))
            return event.with {
                switch name {
                case "workflow": $0.workflowStatus = WorkflowStatus(rawValue: value)!
                case "from": $0.availableFrom = .wall(value.split(separator: "T").joined(separator: " "))
                case "organizer": $0.organizer = UInt64(value).map { OrganizerID(high: 0, low: $0) }
                case "place": $0.place = UInt64(value).map { PlaceID(high: 0, low: $0) }
                case "status": $0.status = EventStatus(rawValue: value)!
                case "booking": $0.bookingAvailability = BookingAvailability(rawValue: value)!
                default: fatalError("\(name) is no field of the tables")
                }
            }
        }
    }
}

extension Reason {
    /// `event.notPublished(workflowStatus=draft)`.
    var text: String {
        let details = details.map { detail in
            switch detail.value {
            case .text(let text): "\(detail.name)=\(text)"
            case .number(let number): "\(detail.name)=\(number)"
            case .instant(let instant): "\(detail.name)=\(instant.wall)"
            case .list(let items): "\(detail.name)=\(items.count) items"
            }
        }
        return kind.rawValue + (details.isEmpty ? "" : "(\(details.joined(separator: ", ")))")
    }
}

extension CheckInWindow {
    /// `open 2026-05-01 19:00 .. 2026-05-02 00:00` or `closed, next 2026-05-01 19:00: checkIn.outsideOpening(…)`.
    var text: String {
        switch self {
        case .open(let window): "open \(window.start.wall) .. \(window.end.wall)"
        case .closed(let reasons, let next):
            "closed, next \(next?.wall ?? "never"): \(reasons.map(\.text).joined(separator: " "))"
        }
    }
}
