/// Where a job is in its life.
public enum JobState: String, Sendable, CaseIterable {
    /// Its file comes in.
    case uploading
    /// The file is whole.
    case uploaded
    /// Its rows are being read and checked.
    case validating
    case validated
    /// Its rows are being tried out.
    case previewing
    case previewed
    /// Its rows are being done.
    case running
    /// All rows have an outcome.
    case done
    case cancelled
    /// Stopped with rows that have no outcome, such as when who began it lost the right to.
    case failed

    /// Whether a daemon works on it.
    public var isWorked: Bool { self == .validating || self == .previewing || self == .running }

    /// Whether nothing goes on by itself any more, so that the file's days are counted.
    public var isOver: Bool { self == .done || self == .cancelled || self == .failed }

    /// What comes when the rows that are worked on have all been gone through; `nil` if it is not worked on.
    public var next: JobState? {
        switch self {
        case .validating: .validated
        case .previewing: .previewed
        case .running: .done
        case .uploading, .uploaded, .validated, .previewed, .done, .cancelled, .failed: nil
        }
    }
}

/// What somebody does with a job.
public enum JobStep: String, Sendable, CaseIterable {
    case upload, validate, preview, start, retry, cancel

    /// What the job is afterwards; a file is whole with its last part.
    public var state: JobState {
        switch self {
        case .upload: .uploading
        case .validate: .validating
        case .preview: .previewing
        case .start, .retry: .running
        case .cancel: .cancelled
        }
    }

    private var allowed: [JobState] {
        switch self {
        case .upload: [.uploading]
        case .validate: [.uploaded]
        case .preview, .start: [.validated, .previewed]
        case .retry: [.done, .failed]
        case .cancel: [.uploading, .uploaded, .validating, .validated, .previewing, .previewed, .running]
        }
    }

    /// Why a job in this state does not take the step; `nil` if it does.
    public func reason(against state: JobState) -> Reason? {
        allowed.contains(state) ? nil : Reason(.jobWrongState, at: "/jobId", .init("state", .text(state.rawValue)))
    }
}

/// A job as the steps look at it.
public struct JobFacts: Sendable, Hashable {
    public var state: JobState
    /// Whether its rows were once begun to be done.
    public var hasStarted: Bool
    /// Rows that were read well and have no outcome, or one that is not `done`.
    public var openRows: Int
    public var isErased: Bool

    public init(state: JobState, hasStarted: Bool, openRows: Int, isErased: Bool) {
        (self.state, self.hasStarted, self.openRows, self.isErased) = (state, hasStarted, openRows, isErased)
    }

    /// All that is against a step.
    public func reasons(against step: JobStep) -> [Reason] {
        if let reason = step.reason(against: state) { return [reason] }
        guard step == .retry else { return [] }
        // What failed before it was begun, has nothing to do again.
        if !hasStarted { return [Reason(.jobWrongState, at: "/jobId", .init("state", .text(state.rawValue)))] }
        return (isErased ? [Reason(.jobFileErased, at: "/jobId")] : [])
            + (openRows == 0 ? [Reason(.jobNothingToRetry, at: "/jobId")] : [])
    }
}

/// The outcome of a row.
public enum JobRowState: String, Sendable, CaseIterable {
    /// Not done yet.
    case waiting
    /// Cannot be read, or does not fit what is done with it.
    case invalid
    case done
    /// The rules said no; nothing was changed.
    case refused
    /// Something went wrong that is not the row's fault; nothing was changed.
    case failed
}

/// Why a job stopped.
public enum JobFailure: String, Sendable, CaseIterable {
    /// Who began it may do this no more.
    case permissionMissing = "permission.missing"
    case tooManyRows = "job.tooManyRows"
    /// Something went wrong that is not the file's fault.
    case internalError = "server.internalError"

    public var text: Translated {
        switch self {
        case .permissionMissing:
            Translated(
                nl: "Wie de taak startte, mag dit niet meer.",
                en: "Who began the job may do this no more.",
                fr: "La personne qui a lancé la tâche n'y est plus autorisée.")
        case .tooManyRows:
            Translated(
                nl: "Het bestand heeft meer dan een miljoen rijen.",
                en: "The file has more than a million rows.",
                fr: "Le fichier compte plus d'un million de lignes.")
        case .internalError:
            Translated(
                nl: "Er liep iets mis in het systeem.",
                en: "Something went wrong inside of the system.",
                fr: "Une erreur s'est produite dans le système.")
        }
    }
}

/// The bounds of a job's file.
public enum JobLimits {
    /// Bytes of a whole file.
    public static let fileBytes = 512 * 1024 * 1024
    /// The number of the last row, the header being 1.
    public static let rows = 1_000_001
    /// Bytes of one part that is uploaded.
    public static let partBytes = 192 * 1024
    /// For how many days after the end the file is kept.
    public static let keptDays = 7

    /// What is against a part of a file, where so many bytes are there already.
    public static func reasons(againstPartAt offset: Int, after uploaded: Int) -> [Reason] {
        if offset == uploaded { return [] }
        return [Reason(.jobUploadOutOfTurn, at: "/offset", .init("expectedOffset", .number(uploaded)))]
    }
}
