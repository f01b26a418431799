import CardMethods
import JSONRPC
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// What all connections share: limits, methods, metrics, and who is connected.
final class RPCServer: Sendable {
    let limits: WireLimits
    private let patience: Patience
    let dispatcher: Dispatcher
    let metrics: Metrics
    let logger: Logger
    private let names: [String]
    private let connections = NIOLockedValueBox<[ObjectIdentifier: NIOLoopBoundBox<ConnectionTable>]>([:])

    var services: Services { dispatcher.services }

    init(_ dispatcher: Dispatcher, limits: Settings.Limits, metrics: Metrics, logger: Logger) {
        (self.dispatcher, self.metrics, self.logger) = (dispatcher, metrics, logger)
        (self.limits, patience) = (limits.wire, Patience(limits))
        names = dispatcher.methods.keys.sorted()
    }

    /// How long a message of a caller may be, in bytes: documents come from those who may import them.
    func messageLimit(for caller: Caller) -> Int {
        if caller.isAnonymous { return limits.messageBytesBeforeLogin }
        if caller.mayImport { return limits.importMessageBytes }
        return caller.maySendPictures ? limits.pictureMessageBytes : limits.messageBytes
    }

    /// Takes a message apart. A text in it may be as long as a picture where the caller may send one.
    func parse(_ message: [UInt8], of caller: Caller) -> Incoming {
        guard message.count > limits.json.stringBytes, caller.maySendPictures else {
            return Incoming(message: message, limits: limits)
        }
        var limits = limits
        limits.json.stringBytes = limits.pictureMessageBytes
        return Incoming(message: message, limits: limits)
    }

    /// The method and its parameters by name, or why there are none.
    func resolve(_ request: Request) -> Result<(method: RegisteredMethod, params: JSONObject), RPCError> {
        guard let method = dispatcher.methods[request.method], method.name.isSameBytes(as: request.method) else {
            return .failure(.unknownMethod(nearest: Spelling.nearest(to: request.method, in: names)))
        }
        switch request.params {
        case .absent: return .success((method, JSONObject()))
        case .named(let object): return .success((method, object))
        case .positional(let values):
            do {
                let names = method.declaration.allParameters.map(\.name)
                return .success((method, try JSONObject(positional: values, names: names)))
            } catch {
                return .failure(.invalid(error))
            }
        }
    }

    /// The call that a notification wants cancelled.
    func cancelledID(_ request: Request) -> RequestID? {
        guard request.method == "rpc.cancel" || request.method == "$/cancelRequest",
            case .named(let params) = request.params
        else { return nil }
        switch params["id"] {
        case .string(let text): return .string(text)
        case .integer(let number): return .integer(number)
        case .number(let text): return .number(text)
        default: return nil
        }
    }

    /// A batch that changes nothing runs beside other reads.
    func lane(of calls: [Incoming.Call]) -> Lane {
        let isReading = calls.allSatisfy { call in
            guard case .request(let request) = call, case .success(let known) = resolve(request) else { return true }
            return known.method.lane == .read
        }
        return isReading ? .read : .write
    }

    /// Runs one call; the reply is `nil` for none. The task, if there is one, can be cancelled.
    func call(
        _ id: RequestID, _ method: RegisteredMethod, _ params: JSONObject, _ peer: Peer,
        _ answered: @escaping @Sendable ([UInt8]?) -> Void
    ) -> Task<Void, Never>? {
        let start = NIODeadline.now()
        return dispatcher.start(method, params, peer) { [metrics, limits, dispatcher] result in
            metrics.answered(method.name, result, in: NIODeadline.now() - start)
            if method.declaration.mutates { dispatcher.services.failpoints.reach(.beforeReply) }
            switch result {
            case .success(let bytes) where bytes.count > limits.replyBytes:
                answered(Reply.error(id, .responseTooLarge(limit: limits.replyBytes)))
            case .success(let bytes): answered(Reply.result(id, bytes))
            case .failure(let error): answered(Reply.error(id, error))
            }
        }
    }

    /// Runs a batch in its order, not as one transaction, and answers what is to be answered. The first answer that has
    /// no room left is replaced by an error, and what comes after it is not even run. Stops where the task is
    /// cancelled, for then nobody reads the answers.
    func batch(_ calls: [Incoming.Call], _ peer: Peer) async -> [UInt8]? {
        var replies: [[UInt8]] = []
        var room = limits.replyBytes
        for call in calls where !Task.isCancelled {
            let isFull = room < 0
            guard let reply = await answer(call, peer, isFull: isFull) else { continue }
            room -= reply.count
            let isTooMuch = room < 0 && !isFull
            replies.append(isTooMuch ? Reply.error(call.id, .responseTooLarge(limit: limits.replyBytes)) : reply)
        }
        return Reply.batch(replies)
    }

    private func answer(_ call: Incoming.Call, _ peer: Peer, isFull: Bool) async -> [UInt8]? {
        switch call {
        case .response:
            metrics.responseReceived()
            return nil
        case .invalid(let id, let error): return Reply.error(id, error)
        case .request(let request):
            guard let id = request.id else {
                metrics.notificationIgnored()
                return nil
            }
            if isFull { return Reply.error(id, .responseTooLarge(limit: limits.replyBytes)) }
            switch resolve(request) {
            case .failure(let error): return Reply.error(id, error)
            case .success(let known):
                return await withCheckedContinuation { continuation in
                    _ = self.call(id, known.method, known.params, peer) { continuation.resume(returning: $0) }
                }
            }
        }
    }

    /// The answer to a batch of which nothing is run.
    func refusal(of calls: [Incoming.Call], _ error: RPCError) -> [UInt8]? {
        Reply.batch(
            calls.compactMap { call in
                switch call {
                case .response: nil
                case .invalid(let id, let error): Reply.error(id, error)
                case .request(let request): request.id.map { Reply.error($0, error) }
                }
            })
    }
}

extension Incoming.Call {
    /// What its answer is named by.
    fileprivate var id: RequestID {
        switch self {
        case .request(let request): request.id ?? .null
        case .invalid(let id, _): id
        case .response: .null
        }
    }
}

/// The connections of one event loop.
final class ConnectionTable {
    var handlers: [ObjectIdentifier: ConnectionHandler] = [:]
}

extension RPCServer {
    /// Prepares a loop: its table, and the sweep that looks after its connections every second.
    func adopt(_ loop: any EventLoop) -> EventLoopFuture<Void> {
        loop.submit { [self] in
            let table = NIOLoopBoundBox(ConnectionTable(), eventLoop: loop)
            connections.withLockedValue { $0[ObjectIdentifier(loop)] = table }
            loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [weak self] task in
                guard let self else { return task.cancel() }
                self.sweep(table.value.handlers.values)
            }
        }
    }

    func remember(_ handler: ConnectionHandler, on loop: any EventLoop) {
        table(of: loop)?.value.handlers[ObjectIdentifier(handler)] = handler
        metrics.connectionOpened()
    }

    func forget(_ handler: ConnectionHandler, on loop: any EventLoop) {
        table(of: loop)?.value.handlers[ObjectIdentifier(handler)] = nil
        metrics.connectionClosed()
    }

    private func table(of loop: any EventLoop) -> NIOLoopBoundBox<ConnectionTable>? {
        connections.withLockedValue { $0[ObjectIdentifier(loop)] }
    }

    /// Looks after each connection, and closes the one that holds most if all hold too much.
    private func sweep(_ handlers: some Collection<ConnectionHandler>) {
        let now = NIODeadline.now()
        var held = 0
        for handler in handlers {
            held += handler.heldBytes
            handler.look(patience, at: now)
        }
        let loops = connections.withLockedValue { max(1, $0.count) }
        if held > limits.bufferedBytes / loops { handlers.max { $0.heldBytes < $1.heldBytes }?.cut(.greedy) }
    }

    /// Tells every connection that the daemon goes, and when to come back: spread, so that they do not come all at
    /// once.
    func drain() {
        for (_, table) in connections.withLockedValue({ $0 }) {
            table.eventLoop.execute {
                for handler in table.value.handlers.values {
                    handler.drain(reconnectAfterMilliseconds: Int.random(in: 500...10_000))
                }
            }
        }
    }

    /// Closes the connections that are left; calls that they still have under way are cancelled.
    func hangUp() async {
        for (_, table) in connections.withLockedValue({ $0 }) {
            try? await table.eventLoop.submit {
                for handler in table.value.handlers.values { handler.cut(.lingering) }
            }.get()
        }
    }
}
