import JSONRPC
import Testing

@Suite struct `Replies and errors` {
    @Test func `a reply names the version, the id, then what came of the call`() {
        let error = RPCError(code: 1000, message: "no", data: nil)
        #expect(
            String(decoding: Reply.error(.string("x"), error), as: UTF8.self)
                == #"{"jsonrpc":"2.0","id":"x","error":{"code":1000,"message":"no"}}"#)
        #expect(
            String(decoding: Reply.error(.null, RPCError(.loginMissing)), as: UTF8.self)
                == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Log in first.","#
                + #""data":{"kind":"login.missing","retryable":false}}}"#
        )
        #expect(
            String(decoding: Reply.notification("event.changed", params: Array("{}".utf8)), as: UTF8.self)
                == #"{"jsonrpc":"2.0","method":"event.changed","params":{}}"#)
    }

    @Test func `a batch of notifications alone is not answered`() {
        let one = Reply.result(.integer(1), Array("1".utf8))
        let two = Reply.result(.integer(2), Array("2".utf8))
        #expect(Reply.batch([]) == nil)
        #expect(
            Reply.batch([one, two]).map { String(decoding: $0, as: UTF8.self) }
                == #"[{"jsonrpc":"2.0","id":1,"result":1},{"jsonrpc":"2.0","id":2,"result":2}]"#)
    }

    static let errors: [(error: RPCError, code: Int, data: String)] = [
        (
            .malformed(JSONSyntaxError(offset: 3, reason: .tooDeep)), -32700,
            #"{"kind":"message.malformed","retryable":false,"reason":"tooDeep","offset":3}"#
        ),
        (
            .malformed(FramingError.headerLine), -32700,
            #"{"kind":"message.malformed","retryable":false,"reason":"headerLine"}"#
        ),
        (.tooLarge(limit: 9), -32600, #"{"kind":"message.tooLarge","retryable":false,"limit":9}"#),
        (.invalid("why"), -32600, #"{"kind":"request.invalid","retryable":false,"reason":"why"}"#),
        (RPCError(.requestIDInUse), -32600, #"{"kind":"request.idInUse","retryable":false}"#),
        (.batchTooLong(limit: 5), -32600, #"{"kind":"batch.tooLong","retryable":false,"limit":5}"#),
        (.unknownMethod(nearest: "a.b"), -32601, #"{"kind":"method.unknown","retryable":false,"nearest":"a.b"}"#),
        (.unknownMethod(nearest: nil), -32601, #"{"kind":"method.unknown","retryable":false}"#),
        (
            .invalid(InvalidParameters(problems: [Problem(pointer: "/a", reason: "is missing")])), -32602,
            #"{"kind":"params.invalid","retryable":false,"problems":[{"pointer":"/a","reason":"is missing"}]}"#
        ),
        (
            .internalError(reference: "R1"), -32603,
            #"{"kind":"server.internalError","retryable":false,"reference":"R1"}"#
        ),
        (RPCError(.requestTimedOut), -32002, #"{"kind":"request.timedOut","retryable":true}"#),
        (.responseTooLarge(limit: 8), -32003, #"{"kind":"response.tooLarge","retryable":false,"limit":8}"#),
        (
            .missing(permission: "card.block"), -32004,
            #"{"kind":"permission.missing","retryable":false,"permission":"card.block"}"#
        ),
        (.missing(permission: nil), -32004, #"{"kind":"permission.missing","retryable":false}"#),
        (
            .limitExceeded(retryAfterMilliseconds: 50), -32005,
            #"{"kind":"limit.exceeded","retryable":true,"retryAfterMilliseconds":50}"#
        ),
        (RPCError(.shuttingDown), -32006, #"{"kind":"server.shuttingDown","retryable":true}"#),
        (RPCError(.databaseUnavailable), -32007, #"{"kind":"database.unavailable","retryable":true}"#),
        (RPCError(.outcomeUnknown), -32008, #"{"kind":"outcome.unknown","retryable":true}"#),
        (
            .conflict(changedFields: ["name"]), -32009,
            #"{"kind":"version.conflict","retryable":false,"changedFields":["name"]}"#
        ),
        (RPCError(.idempotencyMismatch), -32010, #"{"kind":"idempotency.mismatch","retryable":false}"#),
        (RPCError(.requestCancelled), -32800, #"{"kind":"request.cancelled","retryable":false}"#),
    ]

    @Test(arguments: errors) func `an error has its code, and data that a program can act on`(
        error: RPCError, code: Int, data: String
    ) {
        #expect(error.code == code)
        #expect(error.data?.text == data)
    }

    @Test func `each kind of error has a text of its own in three languages and a name in lower camel case`() {
        for text in [\ErrorText.nl, \.en, \.fr] {
            #expect(Set(RPCError.Kind.allCases.map { $0.text[keyPath: text] }).count == RPCError.Kind.allCases.count)
        }
        for kind in RPCError.Kind.allCases {
            let parts = kind.rawValue.split(separator: ".")
            #expect(parts.count == 2 && parts.allSatisfy { $0.first!.isLowercase && $0.allSatisfy(\.isLetter) })
            #expect((-32768 ... -32000).contains(kind.code) || kind == .requestCancelled)
        }
    }
}
