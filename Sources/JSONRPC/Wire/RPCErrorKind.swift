extension RPCError {
    /// The meanings of errors that are not the domain's. Codes from −32768 to −32000 are JSON-RPC's reserve; the
    /// domain's refusals have positive ones.
    public enum Kind: String, Sendable, CaseIterable {
        case messageMalformed = "message.malformed"
        case messageTooLarge = "message.tooLarge"
        case requestInvalid = "request.invalid"
        case requestIDInUse = "request.idInUse"
        case batchTooLong = "batch.tooLong"
        case methodUnknown = "method.unknown"
        case paramsInvalid = "params.invalid"
        case internalError = "server.internalError"
        case loginMissing = "login.missing"
        case requestTimedOut = "request.timedOut"
        case responseTooLarge = "response.tooLarge"
        case permissionMissing = "permission.missing"
        case limitExceeded = "limit.exceeded"
        case shuttingDown = "server.shuttingDown"
        case databaseUnavailable = "database.unavailable"
        case outcomeUnknown = "outcome.unknown"
        case conflict = "version.conflict"
        case idempotencyMismatch = "idempotency.mismatch"
        case requestCancelled = "request.cancelled"
    }
}

/// What an error means, in the languages of those who read it.
public struct ErrorText: Sendable, Hashable {
    public let nl: String
    public let en: String
    public let fr: String

    public init(nl: String, en: String, fr: String) { (self.nl, self.en, self.fr) = (nl, en, fr) }
}

extension RPCError.Kind {
    public var code: Int {
        switch self {
        case .messageMalformed: -32700
        case .messageTooLarge, .requestInvalid, .requestIDInUse, .batchTooLong: -32600
        case .methodUnknown: -32601
        case .paramsInvalid: -32602
        case .internalError: -32603
        case .loginMissing: -32001
        case .requestTimedOut: -32002
        case .responseTooLarge: -32003
        case .permissionMissing: -32004
        case .limitExceeded: -32005
        case .shuttingDown: -32006
        case .databaseUnavailable: -32007
        case .outcomeUnknown: -32008
        case .conflict: -32009
        case .idempotencyMismatch: -32010
        case .requestCancelled: -32800
        }
    }

    /// Whether the same call may succeed later. A write is repeated under the same `idempotencyKey`.
    public var isRetryable: Bool {
        switch self {
        case .requestTimedOut, .limitExceeded, .shuttingDown, .databaseUnavailable, .outcomeUnknown: true
        default: false
        }
    }

    public var text: ErrorText {
        switch self {
        case .messageMalformed, .messageTooLarge, .requestInvalid, .requestIDInUse, .batchTooLong: messageText
        case .methodUnknown, .paramsInvalid, .responseTooLarge, .conflict, .idempotencyMismatch: callText
        case .loginMissing, .permissionMissing, .limitExceeded, .requestCancelled: callerText
        case .internalError, .requestTimedOut, .shuttingDown, .databaseUnavailable, .outcomeUnknown: serverText
        }
    }

    /// Faults of a message as such.
    private var messageText: ErrorText {
        switch self {
        case .messageMalformed:
            ErrorText(
                nl: "Het bericht is geen geldige JSON in een gekende omkadering.",
                en: "The message is not valid JSON in a known framing.",
                fr: "Le message n'est pas du JSON valide dans un cadrage connu.")
        case .messageTooLarge:
            ErrorText(
                nl: "Het bericht is groter dan toegelaten.",
                en: "The message is larger than allowed.",
                fr: "Le message dépasse la taille permise.")
        case .requestIDInUse:
            ErrorText(
                nl: "Een oproep met dit id loopt nog.",
                en: "A call with this id is still in flight.",
                fr: "Un appel avec cet id est encore en cours.")
        case .batchTooLong:
            ErrorText(
                nl: "De bundel telt meer oproepen dan toegelaten.",
                en: "The batch holds more calls than allowed.",
                fr: "Le lot compte plus d'appels que permis.")
        default:
            ErrorText(
                nl: "Het bericht is geen JSON-RPC 2.0-oproep.",
                en: "The message is not a JSON-RPC 2.0 request.",
                fr: "Le message n'est pas une requête JSON-RPC 2.0.")
        }
    }

    /// Faults of a call's content.
    private var callText: ErrorText {
        switch self {
        case .methodUnknown:
            ErrorText(
                nl: "Deze methode bestaat niet.",
                en: "There is no such method.",
                fr: "Cette méthode n'existe pas.")
        case .responseTooLarge:
            ErrorText(
                nl: "Het antwoord is groter dan toegelaten: vraag minder tegelijk.",
                en: "The answer is larger than allowed: ask for less at once.",
                fr: "La réponse dépasse la taille permise : demandez-en moins à la fois.")
        case .conflict:
            ErrorText(
                nl: "Iemand anders heeft dit intussen gewijzigd.",
                en: "Somebody else has changed this in the meantime.",
                fr: "Quelqu'un d'autre l'a modifié entre-temps.")
        case .idempotencyMismatch:
            ErrorText(
                nl: "Deze idempotentiesleutel is al voor een andere oproep gebruikt.",
                en: "This idempotency key was used for another call.",
                fr: "Cette clé d'idempotence a servi pour un autre appel.")
        default:
            ErrorText(
                nl: "De parameters passen niet bij de methode.",
                en: "The parameters do not fit the method.",
                fr: "Les paramètres ne conviennent pas à la méthode.")
        }
    }

    /// What the caller may not do, or did himself.
    private var callerText: ErrorText {
        switch self {
        case .permissionMissing:
            ErrorText(
                nl: "U hebt hiervoor geen toelating.",
                en: "You do not hold the permission for this.",
                fr: "Vous n'avez pas la permission requise.")
        case .limitExceeded:
            ErrorText(
                nl: "Te veel oproepen: wacht even en probeer opnieuw.",
                en: "Too many calls: wait a moment and try again.",
                fr: "Trop d'appels : attendez un instant et réessayez.")
        case .requestCancelled:
            ErrorText(
                nl: "De oproep is geannuleerd.",
                en: "The call was cancelled.",
                fr: "L'appel a été annulé.")
        default:
            ErrorText(
                nl: "Meld u eerst aan.",
                en: "Log in first.",
                fr: "Connectez-vous d'abord.")
        }
    }

    /// Faults on our side.
    private var serverText: ErrorText {
        switch self {
        case .requestTimedOut:
            ErrorText(
                nl: "De oproep duurde te lang; er is niets gewijzigd.",
                en: "The call took too long; nothing was changed.",
                fr: "L'appel a pris trop de temps ; rien n'a été modifié.")
        case .shuttingDown:
            ErrorText(
                nl: "De server sluit af; maak opnieuw verbinding.",
                en: "The server is shutting down; connect again.",
                fr: "Le serveur s'arrête ; reconnectez-vous.")
        case .databaseUnavailable:
            ErrorText(
                nl: "De databank is niet beschikbaar; er is niets gewijzigd.",
                en: "The database is not available; nothing was changed.",
                fr: "La base de données est indisponible ; rien n'a été modifié.")
        case .outcomeUnknown:
            ErrorText(
                nl: "Het is niet zeker of de oproep is uitgevoerd: herhaal hem met dezelfde sleutel.",
                en: "It is not known whether the call took effect: repeat it with the same key.",
                fr: "On ignore si l'appel a abouti : répétez-le avec la même clé.")
        default:
            ErrorText(
                nl: "Er ging iets mis op de server; de referentie staat in zijn logboek.",
                en: "Something went wrong in the server; its log knows the reference.",
                fr: "Une erreur s'est produite sur le serveur ; son journal connaît la référence.")
        }
    }
}
