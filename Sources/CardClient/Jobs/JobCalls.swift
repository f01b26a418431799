import JSONRPC

/// Calls about jobs over connections that break and daemons that start anew: each call has its key, so that it may be
/// sent again until it is answered.
public final class JobCalls {
    private let connect: () async throws(CallFailure) -> CardClient
    private let newKey: () -> String
    private let note: (String) -> Void
    private let firstPause: Duration
    private var client: CardClient?

    /// How often a call is sent before it is given up.
    private static let attempts = 10

    /// - Parameters:
    ///   - connect: Opens a connection that speaks for the session.
    ///   - newKey: Makes up an idempotency key.
    ///   - note: Gets what is said about the connection.
    ///   - firstPause: Before a call is sent again; each further time it is twice as long, up to ten seconds.
    public init(
        connect: @escaping () async throws(CallFailure) -> CardClient, newKey: @escaping () -> String,
        note: @escaping (String) -> Void, firstPause: Duration = .milliseconds(500)
    ) {
        (self.connect, self.newKey, self.note, self.firstPause) = (connect, newKey, note, firstPause)
    }

    /// Calls a method that only reads.
    public func read(_ method: String, _ params: [(String, JSON)]) async throws(CallFailure) -> JSON {
        try await repeating { client throws(CallFailure) in
            try await client.call(method, params: .object(Self.object(params)))
        }
    }

    /// Calls a method that writes, under one key however often it is sent.
    public func write(_ method: String, _ params: [(String, JSON)]) async throws(CallFailure) -> JSON {
        let key = JSON.string(newKey())
        return try await read(method, params + [(MethodDeclaration.idempotencyKey.name, key)])
    }

    /// Follows a job until nobody works on it.
    ///
    /// - Parameter show: Gets the job as it stands, first and whenever it got further.
    public func follow(_ job: JSON, _ show: (JSON) -> Void) async throws(CallFailure) -> JSON {
        try await repeating { client throws(CallFailure) in
            var record = try await client.call("job.subscribe", params: ["jobId": job])
            show(record)
            if !Self.isWorked(record) { return record }
            for await notification in client.notifications {
                guard notification.method == "job.progress", notification.params["id"] == job else {
                    continue
                }
                record = notification.params
                show(record)
                if !Self.isWorked(record) { return record }
            }
            throw .connectionLost("the daemon closed the connection")
        }
    }

    /// Whether a daemon has something to do with it.
    private static func isWorked(_ job: JSON) -> Bool {
        ["validating", "previewing", "running"].contains(job["state"]?.string ?? "")
    }

    public func close() async {
        await client?.close()
        client = nil
    }

    private static func object(_ params: [(String, JSON)]) -> JSONObject {
        JSONObject(params.map { .init(name: $0.0, value: $0.1) })
    }

    private func repeating(
        _ call: (CardClient) async throws(CallFailure) -> JSON
    ) async throws(CallFailure) -> JSON {
        var pause = firstPause
        for attempt in 1... {
            do throws(CallFailure) {
                if client == nil { client = try await connect() }
                guard let client else { continue }
                return try await call(client)
            } catch {
                guard Self.passes(error), attempt < Self.attempts else { throw error }
                note("\(FailureText(.en).lines(of: error)[0]); trying again in \(pause)")
                await close()
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(10))
        }
        fatalError("The loop ends by returning or throwing.")
    }

    /// Whether the same may go well later.
    private static func passes(_ failure: CallFailure) -> Bool {
        guard case .answered(let error) = failure else { return true }
        return error.code < 0 && error.data?["retryable"]?.bool ?? false
    }
}
