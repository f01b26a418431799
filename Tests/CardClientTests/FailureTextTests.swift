import JSONRPC
import Testing

@testable import CardClient

struct FailureTextTests {
    private static let refusal = RPCError(
        code: 1000, message: "The limit is reached.",
        data: [
            "kind": "limit.reached",
            "reasons": [
                [
                    "kind": "limit.reached", "pointer": "/cardNumber", "volume": 1,
                    "freesAt": "2026-11-22T00:00:00+01:00",
                    "message": [
                        "nl": "De limiet is bereikt.", "en": "The limit is reached.", "fr": "La limite est atteinte.",
                    ],
                ],
                ["kind": "card.blocked", "message": ["nl": "Geblokkeerd.", "en": "Blocked.", "fr": "Bloquée."]],
            ],
            "retryable": true,
        ])

    @Test func `GEN-06 a refusal shows every reason, in the language, with its parameter, kind and facts`() {
        #expect(
            FailureText(.nl).lines(of: .answered(Self.refusal)) == [
                "refused: limit.reached",
                "  De limiet is bereikt. [limit.reached] at /cardNumber (volume=1, freesAt=2026-11-22T00:00:00+01:00)",
                "  Geblokkeerd. [card.blocked]",
            ])
        #expect(FailureText(.fr).lines(of: .answered(Self.refusal))[2] == "  Bloquée. [card.blocked]")
    }

    @Test func `an error of the wire is told in the language, with all that is wrong`() {
        let invalid = RPCError.invalid(
            InvalidParameters(problems: [
                Problem(pointer: "/name", reason: "is missing"), Problem(pointer: "/x", reason: "no"),
            ]))
        #expect(
            FailureText(.nl).lines(of: .answered(invalid)) == [
                "params.invalid: De parameters passen niet bij de methode.", "  /name: is missing", "  /x: no",
            ])
        #expect(
            FailureText(.en).lines(of: .answered(.conflict(changedFields: ["iban", "name"]))) == [
                "version.conflict: Somebody else has changed this in the meantime. (changedFields=iban, name)"
            ])
        let foreign = RPCError(code: -1, message: "odd\u{1B}[1m", data: nil)
        #expect(FailureText(.en).lines(of: .answered(foreign)) == ["code -1: odd\u{FFFD}[1m"])
    }

    @Test(arguments: [
        (CallFailure.answered(refusal), ProgramStatus.refused, false),
        (.answered(.conflict(changedFields: [])), .refused, false),
        (.answered(RPCError(.idempotencyMismatch)), .refused, false),
        (.answered(RPCError(.paramsInvalid)), .usage, false), (.answered(RPCError(.methodUnknown)), .usage, false),
        (.answered(RPCError(.loginMissing)), .notAllowed, false),
        (.answered(RPCError(.permissionMissing)), .notAllowed, false),
        (.answered(RPCError(.limitExceeded)), .tryLater, false),
        (.answered(RPCError(.databaseUnavailable)), .unavailable, false),
        (.answered(RPCError(.outcomeUnknown)), .unavailable, true),
        (.answered(RPCError(.internalError)), .internalError, false),
        (.answered(RPCError(code: -1, message: "", data: nil)), .internalError, false),
        (.unreachable("x"), .unavailable, false), (.connectionLost("x"), .unavailable, true),
        (.timedOut(seconds: 1), .unavailable, true),
    ])
    func `the exit status says what kind of failure it was, and whether a write may have taken effect`(
        failure: CallFailure, status: ProgramStatus, isOutcomeUnknown: Bool
    ) {
        #expect(ProgramStatus(failure) == status)
        #expect(failure.isOutcomeUnknown == isOutcomeUnknown)
    }

    @Test(arguments: [
        (["LANG": "nl_BE.UTF-8"], Language.nl), (["LANG": "fr"], .fr), (["LANG": "C.UTF-8"], .en), ([:], .en),
        (["LANG": "nl_BE", "LC_MESSAGES": "fr_BE@euro"], .fr),
        (["LC_ALL": "nl", "LC_MESSAGES": "fr", "LANG": "en"], .nl),
        (["LC_ALL": "", "LANG": "nl"], .nl), (["LANG": "nld"], .en),
    ])
    func `the language is what the environment asks for, else English`(variables: [String: String], language: Language)
    {
        #expect(Language(Environment(variables)) == language)
    }
}
