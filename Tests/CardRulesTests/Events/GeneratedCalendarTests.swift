import Testing

@testable import CardRules

/// Calendars by chance around the changes of the clocks, against an enumeration of all days and openings that shares
/// no code with the rules.
struct GeneratedCalendarTests {
    @Test(arguments: 0..<150)
    func `openings are those of a plain enumeration`(seed: Int) {
        var dice = SeededDice(seed: seed)
        let change = Instant.changes.randomElement(using: &dice)!
        let calendar = EventCalendar.random(around: change.day, using: &dice)
        let all = Plain.openings(calendar, around: change)
        for _ in 0..<20 {
            let instant = Instant.random(near: all, around: change, using: &dice)
            let margins = CheckInMargins.random(upTo: 180, using: &dice)
            #expect(
                calendar.opening(around: instant, margins) == Plain.current(all, instant, margins),
                "\(calendar) at \(instant.text)")
            #expect(
                calendar.nextOpening(after: instant)?.start == all.map(\.start).filter { $0 > instant }.min(),
                "\(calendar) after \(instant.text)")
            let range = instant..<(instant + .hours(.random(in: 0...100, using: &dice)))
            let inside = all.filter { range.contains($0.start) || range.overlaps($0.start..<$0.end) }
            #expect(calendar.openings(in: range) == inside, "\(calendar) in \(range)")
        }
        if case .permanent = calendar {
            #expect(calendar.lastEnd == nil)
        } else {
            #expect(calendar.lastEnd == all.map(\.end).max(), "\(calendar)")
        }
    }

    @Test(arguments: 0..<150)
    func `the current opening stays until the change that is foretold`(seed: Int) {
        var dice = SeededDice(seed: seed)
        let change = Instant.changes.randomElement(using: &dice)!
        let calendar = EventCalendar.random(around: change.day, using: &dice)
        let all = Plain.openings(calendar, around: change)
        let margins = CheckInMargins.random(upTo: 180, using: &dice)
        for _ in 0..<20 {
            let instant = Instant.random(near: all, around: change, using: &dice)
            let opening = calendar.opening(around: instant, margins)
            let until = calendar.nextChange(after: instant, margins) ?? instant + .days(60)
            #expect(until > instant)
            for later in Instant.samples(from: instant, to: until, using: &dice) {
                #expect(
                    calendar.opening(around: later, margins) == opening,
                    "\(calendar) from \(instant.text) to \(until.text), at \(later.text)")
            }
        }
    }

    @Test func `the later of two openings is the nearer one from the first moment past their middle`() {
        let end = Instant.wall("2026-05-01 20:00")
        let start = end + Instant.Span(microseconds: 7)
        let calendar = EventCalendar.multiple([
            .init(start: end - .hours(1), end: end), .init(start: start, end: start + .hours(1)),
        ])
        let change = end + Instant.Span(microseconds: 4)
        #expect(calendar.nextChange(after: end, .standard) == change)
        #expect(calendar.opening(around: change - .tick, .standard)?.end == end)
        #expect(calendar.opening(around: change, .standard)?.start == start)
    }
}

/// The rules once more, without thought for speed.
private enum Plain {
    /// The instant of a wall time, given as days after 2026-01-01 and minutes. In the hour that March 2026 skips, it
    /// counts on from midnight.
    private static func instant(day: Int, minute: Int) -> Instant {
        let wall = day * 1440 + minute
        let (march, october) = (87 * 1440, 297 * 1440)
        let isSummer = wall >= march + 180 && wall < october + 180
        let zero = Instant(text: "2026-01-01T00:00:00+01:00")!
        return zero + .minutes(isSummer ? wall - 60 : wall)
    }

    /// All openings of single, multiple and short periodic events; of permanent ones those within two months.
    static func openings(_ calendar: EventCalendar, around change: Instant) -> [Opening] {
        let middle = change.day.dayNumber - 20_454
        let days = (middle - 60)...(middle + 90)
        switch calendar {
        case .single(let start, let end): return [opening(start, end)]
        case .multiple(let subEvents): return subEvents.map { opening($0.start, $0.end) }.sorted()
        case .periodic(let start, let end, let schedule):
            return openings(schedule, days) { start.day <= $0 && $0 <= end.day }
        case .permanent(let schedule): return openings(schedule, days) { _ in true }
        }
    }

    private static func opening(_ start: Instant, _ end: Instant) -> Opening {
        let isMidnight = start.text.dropFirst(11).hasPrefix("00:00:00")
        guard start == end, isMidnight else { return Opening(start: start, end: end) }
        let day = CivilDate(text: String(start.text.prefix(10)))!.dayNumber - 20_454
        return Opening(start: start, end: instant(day: day + 1, minute: 0))
    }

    private static func openings(
        _ schedule: OpeningSchedule, _ days: ClosedRange<Int>, _ holds: (CivilDate) -> Bool
    ) -> [Opening] {
        var result: [Opening] = []
        for day in days {
            let date = CivilDate(dayNumber: 20_454 + day)
            if !holds(date) { continue }
            if schedule.closed.contains(where: { $0.lowerBound <= date && date <= $0.upperBound }) { continue }
            var hours = schedule.weekly
            for range in schedule.adjusted.reversed() where range.days.contains(date) { hours = range.hours }
            if hours.isEmpty {
                result.append(Opening(start: instant(day: day, minute: 0), end: instant(day: day + 1, minute: 0)))
            }
            for hour in hours where hour.days.contains(Weekday(rawValue: (day + 703) % 7)!) {
                let (opens, closes) = (hour.opens.seconds / 60, hour.closes.seconds / 60)
                let start = instant(day: day, minute: opens)
                let end = closes > opens ? instant(day: day, minute: closes) : instant(day: day + 1, minute: closes)
                result.append(Opening(start: start, end: end < start ? start : end))
            }
        }
        return result.sorted()
    }

    static func current(_ openings: [Opening], _ instant: Instant, _ margins: CheckInMargins) -> Opening? {
        let fits = openings.filter { $0.start - margins.before <= instant && instant <= $0.end + margins.after }
        let open = fits.filter { $0.start <= instant && instant < $0.end }
        func away(_ opening: Opening) -> Int64 {
            opening.start > instant ? (opening.start - instant).microseconds : (instant - opening.end).microseconds
        }
        let nearest = open.isEmpty ? fits.filter { away($0) == fits.map(away).min() } : open
        let start = nearest.map { ($0.start - instant).magnitude }.min()
        return nearest.filter { ($0.start - instant).magnitude == start }.max { $0.end < $1.end }
    }
}

extension Instant {
    var day: CivilDate { CivilDate(text: String(text.prefix(10)))! }

    /// The changes of the clocks of 2026.
    static let changes = [Instant(text: "2026-03-29T01:00:00Z")!, Instant(text: "2026-10-25T01:00:00Z")!]

    /// Mostly at, just before, just after, or within hours of a begin or end of one of the openings.
    static func random(
        near openings: [Opening], around change: Instant, using dice: inout some RandomNumberGenerator
    ) -> Instant {
        let close = openings.filter { ($0.start - change).magnitude < .days(25) }
        guard let opening = close.randomElement(using: &dice) else {
            return change + .minutes(.random(in: -4000...4000, using: &dice))
        }
        let border = Bool.random(using: &dice) ? opening.start : opening.end
        let offsets: [Span] = [
            .seconds(0), .tick, Span(microseconds: -1), .minutes(.random(in: -300...300, using: &dice)),
            .seconds(.random(in: -20_000...20_000, using: &dice)),
        ]
        return border + offsets.randomElement(using: &dice)!
    }

    /// The first, the last and some between.
    static func samples(
        from first: Instant, to end: Instant, using dice: inout some RandomNumberGenerator
    ) -> [Instant] {
        let last = end - .tick
        let between = (0..<6).map { _ in
            Instant(microseconds: .random(in: first.microseconds...last.microseconds, using: &dice))
        }
        return [last] + between
    }
}

extension CheckInMargins {
    static func random(upTo minutes: Int, using dice: inout some RandomNumberGenerator) -> CheckInMargins {
        CheckInMargins(
            before: .minutes(.random(in: 0...minutes, using: &dice)),
            after: .minutes(.random(in: 0...minutes, using: &dice)))
    }
}

extension EventCalendar {
    /// A calendar of the weeks around a day.
    static func random(around change: CivilDate, using dice: inout some RandomNumberGenerator) -> EventCalendar {
        func date(_ span: Int) -> CivilDate { change.adding(days: .random(in: -span...span, using: &dice)) }
        func time() -> TimeOfDay {
            let hours = Bool.random(using: &dice) ? 0...4 : 0...23
            return TimeOfDay(
                hour: .random(in: hours, using: &dice), minute: [0, 15, 30, 59].randomElement(using: &dice)!)!
        }
        func range(_ span: Int) -> ClosedRange<CivilDate> {
            let first = date(span)
            return first...first.adding(days: .random(in: 0...10, using: &dice))
        }
        func hours() -> [OpeningHours] {
            (0..<Int.random(in: 0...3, using: &dice)).map { _ in
                OpeningHours(
                    days: Set(Weekday.allCases.filter { _ in Bool.random(using: &dice) }), opens: time(), closes: time()
                )
            }
        }
        func schedule() -> OpeningSchedule {
            OpeningSchedule(
                weekly: hours(), closed: (0..<Int.random(in: 0...3, using: &dice)).map { _ in range(20) },
                adjusted: (0..<Int.random(in: 0...3, using: &dice)).map { _ in
                    AdjustedDays(days: range(20), hours: hours())
                })
        }
        func subEvent() -> SubEvent {
            let start = Brussels.instant(date(2), Bool.random(using: &dice) ? time() : .midnight)
            let minutes = Bool.random(using: &dice) ? 0 : Int.random(in: 0...600, using: &dice)
            let statuses: [EventStatus?] = [nil, nil, nil] + EventStatus.allCases
            return SubEvent(start: start, end: start + .minutes(minutes), status: statuses.randomElement(using: &dice)!)
        }
        switch Int.random(in: 0...5, using: &dice) {
        case 0:
            let occasion = subEvent()
            return .single(start: occasion.start, end: occasion.end)
        case 1:
            return .multiple((0..<Int.random(in: 1...6, using: &dice)).map { _ in subEvent() })
        case 2, 3:
            let days = range(8)
            return .periodic(
                start: Brussels.instant(days.lowerBound, time()), end: Brussels.instant(days.upperBound, time()),
                schedule())
        default:
            return .permanent(schedule())
        }
    }
}
