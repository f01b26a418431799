import JSONRPC

/// Keeps something going over connections that break and daemons that start anew.
struct Reconnecting: Sendable {
    let connect: @Sendable () async throws(CallFailure) -> CardClient
    let note: @Sendable (String) -> Void
    /// Before the first attempt to connect again; each further one waits twice as long, up to half a minute.
    let firstPause: Duration

    /// Works on one connection after the other until the task is cancelled. Throws what waiting does not mend, such as
    /// a credential that does not hold.
    ///
    /// - Parameter use: Works until the connection ends; returns how long the daemon asked to stay away.
    func run(_ use: (CardClient) async throws(CallFailure) -> Duration?) async throws(CallFailure) {
        var pause = firstPause
        while !Task.isCancelled {
            do throws(CallFailure) {
                let client = try await connect()
                let advised: Duration?
                do throws(CallFailure) {
                    advised = try await use(client)
                } catch {
                    await client.close()
                    throw error
                }
                await client.close()
                pause = advised ?? firstPause
                note("the connection ended; connecting again")
            } catch {
                guard Self.passes(error) else { throw error }
                note("\(FailureText(.en).lines(of: error)[0]); trying again in \(pause)")
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(30))
        }
    }

    /// Whether the same may go well later.
    private static func passes(_ failure: CallFailure) -> Bool {
        guard case .answered(let error) = failure else { return true }
        return error.data?["retryable"]?.bool ?? false
    }
}

extension Notification {
    /// How long the daemon asks to stay away, if that is what it says.
    var reconnectAfter: Duration? {
        guard method == "rpc.draining" else { return nil }
        return params["reconnectAfterMilliseconds"]?.integer.map { .milliseconds($0) }
    }
}
