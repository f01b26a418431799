/// What somebody or something is that may do things.
public enum Role: String, Sendable, CaseIterable {
    /// Runs the platform: card systems, and counters on request.
    case `operator`
    /// Does in one card system all that its counters may, and sets it up (PER-06).
    case cardSystemAdministrator
    /// Stands over the counters of one municipality.
    case municipalityAdministrator
    /// Staff of a counter who may add and remove staff (PER-03).
    case counterAdmin
    case counterMember
    /// A device that gives points.
    case pillar
    /// A pass holder, for himself and the family.
    case holder
}
