import CardMethods
import JSONRPC
import NIOCore

/// One connection: frames in, replies out. Lives on its event loop and does all its work there, so that ten thousand idle
/// pillars cost a few kilobytes each; what must wait for the database comes back to the loop when it is done.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What runs in a lane: one call, or a batch that stands and falls as one.
    enum Work: Sendable {
        case call(RequestID, RegisteredMethod, JSONObject)
        case batch([Incoming.Call])
    }

    private let server: RPCServer
    let peer: Peer
    private var decoder: FrameDecoder
    private var lanes: RequestLanes<Work>
    private var tasks: [RequestLanes<Work>.Ticket: Task<Void, Never>] = [:]
    private var oversized = 0
    private var isReadHeld = false
    private var isEnding = false
    private var isInsideRead = false
    private var pings = 0
    private(set) var context: ChannelHandlerContext?
    /// When the peer last sent anything, and since when a message or the socket has been stuck; loop time.
    private(set) var lastHeard: NIODeadline
    private(set) var partialSince: NIODeadline?
    private(set) var unwritableSince: NIODeadline?
    private(set) var unsentBytes = 0

    init(_ server: RPCServer, _ peer: Peer, now: NIODeadline) {
        (self.server, self.peer, lastHeard) = (server, peer, now)
        decoder = FrameDecoder(server.limits)
        lanes = RequestLanes(server.limits)
    }

    /// Bytes that this connection makes the daemon hold.
    var heldBytes: Int { decoder.bufferedBytes + unsentBytes }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isInsideRead = true
        lastHeard = .now()
        decoder.maximumMessageBytes = server.messageLimit(for: peer.caller)
        let buffer = unwrapInboundIn(data)
        buffer.withUnsafeReadableBytes { decoder.append($0) }
        takeFrames(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInsideRead = false
        context.flush()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
        // The peer has said all it will; it still gets its answers.
        decoder.finish()
        takeFrames(context)
        isEnding = true
        context.flush()
        closeIfDone(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        server.services.subscriptions.remove(peer)
        for task in tasks.values { task.cancel() }
        tasks.removeAll()
        server.forget(self, on: context.eventLoop)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        unwritableSince = context.channel.isWritable ? nil : .now()
        resumeReading(context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        server.metrics.connectionFailed()
        context.close(promise: nil)
    }

    /// Holds reading while too much waits, so that the peer's own buffers fill.
    func read(context: ChannelHandlerContext) {
        if lanes.shouldRead && context.channel.isWritable { context.read() } else { isReadHeld = true }
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        guard isReadHeld, lanes.shouldRead, context.channel.isWritable else { return }
        isReadHeld = false
        context.read()
    }

    private func takeFrames(_ context: ChannelHandlerContext) {
        while let frame = decoder.next() {
            switch frame {
            case .message(let bytes): take(Incoming(message: bytes, limits: server.limits), context)
            case .malformed(let error): send(Reply.error(.null, .malformed(error)), context)
            case .tooLarge(let limit):
                oversized += 1
                send(Reply.error(.null, .tooLarge(limit: limit)), context)
                if oversized >= server.limits.oversizedMessages { return endAfterAnswers(context) }
            case .http: write(Frame.httpAnswer, context)
            }
            if decoder.mustClose { return endAfterAnswers(context) }
        }
        partialSince = decoder.hasPartialMessage ? partialSince ?? .now() : nil
    }

    private func endAfterAnswers(_ context: ChannelHandlerContext) {
        isEnding = true
        context.flush()
        closeIfDone(context)
    }

    private func take(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        switch incoming {
        case .refused(let error): send(Reply.error(.null, error), context)
        case .single(.invalid(let id, let error)): send(Reply.error(id, error), context)
        case .single(.response): server.metrics.responseReceived()
        case .single(.request(let request)): take(request, context)
        case .batch(let calls):
            let ids = calls.compactMap { if case .request(let request) = $0 { request.id } else { nil } }
            if let used = ids.first(where: lanes.isInUse) {
                return send(Reply.error(used, RPCError(.requestIDInUse)), context)
            }
            run(lanes.arrived(.batch(calls), lane: server.lane(of: calls), ids: ids), context)
        }
    }

    private func take(_ request: Request, _ context: ChannelHandlerContext) {
        guard let id = request.id else { return notified(request, context) }
        if lanes.isInUse(id) { return send(Reply.error(id, RPCError(.requestIDInUse)), context) }
        switch server.resolve(request) {
        case .failure(let error): send(Reply.error(id, error), context)
        case .success(let call):
            run(lanes.arrived(.call(id, call.method, call.params), lane: call.method.lane, ids: [id]), context)
        }
    }

    /// A call without an id gets no answer, so it may cancel and do nothing else.
    private func notified(_ request: Request, _ context: ChannelHandlerContext) {
        guard let id = server.cancelledID(request) else { return server.metrics.notificationIgnored() }
        switch lanes.cancel(id) {
        case .queued(_, let started):
            send(Reply.error(id, RPCError(.requestCancelled)), context)
            run(started, context)
        case .running(let ticket): tasks[ticket]?.cancel()
        case .notFound: break
        }
    }

    private func run(_ started: [RequestLanes<Work>.Started], _ context: ChannelHandlerContext) {
        for work in started { run(work, context) }
    }

    private func run(_ work: RequestLanes<Work>.Started, _ context: ChannelHandlerContext) {
        let ticket = work.ticket
        let loop = context.eventLoop
        // Answers that come at once are written here; others hop to the loop first.
        let isolated = NIOLoopBound(self, eventLoop: loop)
        let answered: @Sendable ([UInt8]?) -> Void = { reply in
            if loop.inEventLoop {
                isolated.value.finished(ticket, reply)
            } else {
                loop.execute { isolated.value.finished(ticket, reply) }
            }
        }
        let task: Task<Void, Never>?
        switch work.payload {
        case .call(let id, let method, let params):
            task = server.call(id, method, params, peer, answered)
        case .batch(let calls):
            task = Task { [server, peer] in answered(await server.batch(calls, peer)) }
        }
        if let task { tasks[ticket] = task }
    }

    private func finished(_ ticket: RequestLanes<Work>.Ticket, _ reply: [UInt8]?) {
        if !tasks.isEmpty { tasks[ticket] = nil }
        guard let context else { return }
        if let reply { send(reply, context) }
        run(lanes.finished(ticket), context)
        if !isInsideRead { context.flush() }
        closeIfDone(context)
        resumeReading(context)
    }

    private func send(_ reply: [UInt8], _ context: ChannelHandlerContext) {
        write(decoder.frame(reply), context)
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        unsentBytes += bytes.count
        if unsentBytes > server.limits.outboundCloseBytes { return context.close(promise: nil) }
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        let isolated = NIOLoopBound(self, eventLoop: context.eventLoop)
        let count = bytes.count
        context.write(wrapOutboundOut(buffer)).whenComplete { _ in isolated.value.unsentBytes -= count }
    }

    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard isEnding, lanes.isIdle else { return }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(capacity: 0))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}

extension ConnectionHandler {
    /// Sends something that was not asked for. Call on the event loop.
    func push(_ notification: [UInt8]) {
        guard let context else { return }
        send(notification, context)
        context.flush()
    }

    /// Asks a silent peer whether it is still there.
    func ping() {
        guard let context else { return }
        pings += 1
        send(Request(id: .string("ping \(pings)"), method: "rpc.ping").bytes, context)
        context.flush()
    }

    func close() { context?.close(promise: nil) }

    /// Says that the daemon goes, and closes once nothing is under way.
    func drain(reconnectAfterMilliseconds: Int) {
        guard let context else { return }
        let params = JSON.object(
            JSONObject([.init(name: "reconnectAfterMilliseconds", value: .integer(Int64(reconnectAfterMilliseconds)))]))
        push(Reply.notification("rpc.draining", params: params.bytes))
        isEnding = true
        closeIfDone(context)
    }
}
