/// How far an event is on its way to publication.
public enum WorkflowStatus: String, Sendable, Hashable, CaseIterable {
    case draft, readyForValidation, approved, rejected, deleted
}

/// Whether an event, or one occasion of it, takes place.
public enum EventStatus: String, Sendable, Hashable, CaseIterable {
    case available
    /// Postponed.
    case temporarilyUnavailable
    /// Cancelled.
    case unavailable
}

/// Whether there are places left. A sold-out event takes check-ins all the same.
public enum BookingAvailability: String, Sendable, Hashable, CaseIterable {
    case available
    /// Sold out.
    case unavailable
}

/// What the rules need to know of an event.
public struct EventFacts: Sendable, Hashable {
    public var id: EventID
    public var name: LocalizedText
    /// `nil` if it is not known here.
    public var organizer: OrganizerID?
    /// `nil` if it is not known here.
    public var place: PlaceID?
    public var workflowStatus: WorkflowStatus
    /// When it is or was published; `nil` for no such limit.
    public var availableFrom: Instant?
    public var status: EventStatus
    public var bookingAvailability: BookingAvailability
    public var calendar: EventCalendar
    /// The widest of its card systems.
    public var checkInMargins: CheckInMargins
    /// Points for a check-in, from 0 to the platform's maximum (20 unless set otherwise).
    public var checkInPoints: Int
    /// Check-ins of one pass holder; `nil` for no limit.
    public var checkInLimit: PeriodLimit?
    public var version: Int

    public init(
        id: EventID, name: LocalizedText, organizer: OrganizerID?, place: PlaceID?, workflowStatus: WorkflowStatus,
        availableFrom: Instant?, status: EventStatus, bookingAvailability: BookingAvailability,
        calendar: EventCalendar, checkInMargins: CheckInMargins, checkInPoints: Int, checkInLimit: PeriodLimit?,
        version: Int
    ) {
        (self.id, self.name, self.organizer, self.place) = (id, name, organizer, place)
        (self.workflowStatus, self.availableFrom) = (workflowStatus, availableFrom)
        (self.status, self.bookingAvailability) = (status, bookingAvailability)
        (self.calendar, self.checkInMargins) = (calendar, checkInMargins)
        (self.checkInPoints, self.checkInLimit, self.version) = (checkInPoints, checkInLimit, version)
    }

    /// The part of the calendar that takes check-ins: without the occasions that are cancelled or postponed. `nil` if
    /// the whole event is.
    var calendarTakingCheckIns: EventCalendar? {
        guard case .multiple(let subEvents) = calendar else { return status == .available ? calendar : nil }
        let kept = subEvents.filter { ($0.status ?? status) == .available }
        return kept.isEmpty ? nil : .multiple(kept)
    }
}
