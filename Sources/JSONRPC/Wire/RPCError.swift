/// An error as it is answered: a number, a sentence for developers, and `data` for programs.
public struct RPCError: Error, Sendable, Hashable {
    public var code: Int
    public var message: String
    public var data: JSON?

    public init(code: Int, message: String, data: JSON?) {
        (self.code, self.message, self.data) = (code, message, data)
    }

    /// An error of the catalogue, its message in English. `details` join `kind` and `retryable` in `data`.
    public init(_ kind: Kind, _ details: [JSONObject.Member] = []) {
        let fixed = [
            JSONObject.Member(name: "kind", value: .string(kind.rawValue)),
            JSONObject.Member(name: "retryable", value: .bool(kind.isRetryable)),
        ]
        self.init(code: kind.code, message: kind.text.en, data: .object(JSONObject(fixed + details)))
    }
}

// MARK: One factory per error that tells more than its kind

extension RPCError {
    /// Bytes that are not JSON as we accept it: where, and why.
    public static func malformed(_ error: JSONSyntaxError) -> RPCError {
        RPCError(
            .messageMalformed,
            [
                .init(name: "reason", value: .string(error.reason.rawValue)),
                .init(name: "offset", value: .integer(Int64(error.offset))),
            ])
    }

    /// Bytes from which no message can be made out.
    public static func malformed(_ error: FramingError) -> RPCError {
        RPCError(.messageMalformed, [.init(name: "reason", value: .string(error.rawValue))])
    }

    /// - Parameter limit: in bytes.
    public static func tooLarge(limit: Int) -> RPCError { limited(.messageTooLarge, limit) }

    /// - Parameter reason: what is wrong with the request, in words.
    public static func invalid(_ reason: String) -> RPCError {
        RPCError(.requestInvalid, [.init(name: "reason", value: .string(reason))])
    }

    /// - Parameter limit: in calls.
    public static func batchTooLong(limit: Int) -> RPCError { limited(.batchTooLong, limit) }

    /// - Parameter nearest: the method that was perhaps meant.
    public static func unknownMethod(nearest: String?) -> RPCError {
        RPCError(.methodUnknown, nearest.map { [.init(name: "nearest", value: .string($0))] } ?? [])
    }

    /// All that is wrong with the parameters.
    public static func invalid(_ parameters: InvalidParameters) -> RPCError {
        let problems = parameters.problems.map { problem -> JSON in
            ["pointer": .string(problem.pointer), "reason": .string(problem.reason)]
        }
        return RPCError(.paramsInvalid, [.init(name: "problems", value: .array(problems))])
    }

    /// - Parameter reference: under which the log tells the rest.
    public static func internalError(reference: String) -> RPCError {
        RPCError(.internalError, [.init(name: "reference", value: .string(reference))])
    }

    /// - Parameter limit: in bytes.
    public static func responseTooLarge(limit: Int) -> RPCError { limited(.responseTooLarge, limit) }

    /// - Parameter permission: the one that the caller lacks, where he may know it.
    public static func missing(permission: String?) -> RPCError {
        RPCError(.permissionMissing, permission.map { [.init(name: "permission", value: .string($0))] } ?? [])
    }

    public static func limitExceeded(retryAfterMilliseconds: Int) -> RPCError {
        RPCError(
            .limitExceeded, [.init(name: "retryAfterMilliseconds", value: .integer(Int64(retryAfterMilliseconds)))])
    }

    /// - Parameter changedFields: what somebody else changed since the version that the caller named.
    public static func conflict(changedFields: [String]) -> RPCError {
        RPCError(.conflict, [.init(name: "changedFields", value: .array(changedFields.map(JSON.string)))])
    }

    private static func limited(_ kind: Kind, _ limit: Int) -> RPCError {
        RPCError(kind, [.init(name: "limit", value: .integer(Int64(limit)))])
    }

    /// The error object of a reply.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("code")
            writer.integer(Int64(code))
            writer.name("message")
            writer.string(message)
            if let data {
                writer.name("data")
                writer.json(data)
            }
        }
    }
}
