import CardMethods
import JSONRPC
import NIOCore

/// One connection: frames in, replies out. Lives on its event loop and does all its work there, so that ten thousand
/// idle pillars cost a few kilobytes each; what must wait for the database comes back to the loop when it is done.
///
/// Nothing is taken from the peer's bytes while as many calls wait as may, or while the peer leaves our replies lying:
/// then nothing is read either, so that the peer's own buffers fill.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What runs in a lane: one call, or a batch that stands and falls as one; and the bytes that it came in, if many.
    enum Work: Sendable {
        case call(RequestID, RegisteredMethod, JSONObject, bytes: Int)
        case batch([Incoming.Call], bytes: Int)
    }

    typealias Ticket = RequestLanes<Work>.Ticket

    private let server: RPCServer
    let peer: Peer
    private(set) var context: ChannelHandlerContext?
    private var watch: ConnectionWatch
    private var decoder: FrameDecoder
    private var lanes: RequestLanes<Work>
    private var tasks: [Ticket: Task<Void, Never>] = [:]
    /// The large messages among those that wait or run: a count alone would let 64 of a mebibyte pile up.
    private var waitingBytes = 0
    private var runningBytes: [Ticket: Int] = [:]
    private var unsentBytes = 0 { didSet { peer.isSlow = unsentBytes >= server.limits.outboundPauseBytes } }
    private var pings = 0
    /// What was not asked for waits for the answer of a session's call: a subscription's comes before what it tells.
    private var heldPushes: [[UInt8]] = [] { didSet { peer.isSlow = !heldPushes.isEmpty } }
    private var sessionCall: Ticket?

    /// Frames are being taken: answers that come at once must not begin it anew.
    private var isTaking = false
    /// Frames may be left in the decoder for want of room.
    private var isHolding = false
    private var isReadHeld = false
    private var isResuming = false
    /// The peer has said all it will; it still gets its answers.
    private var isInputOver = false
    /// No more is taken from the peer; the connection ends once all is answered.
    private var isEnding = false
    /// The daemon goes: what is under way is finished, what comes is turned away.
    private var drainingSince: NIODeadline?

    init(_ server: RPCServer, _ peer: Peer, now: NIODeadline) {
        (self.server, self.peer) = (server, peer)
        watch = ConnectionWatch(openedAt: now)
        decoder = FrameDecoder(server.limits)
        lanes = RequestLanes(server.limits)
    }

    /// Bytes that this connection makes the daemon hold.
    var heldBytes: Int { decoder.bufferedBytes + waitingBytes + unsentBytes }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        server.remember(self, on: context.eventLoop)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        server.forget(self, on: context.eventLoop)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isEnding = true
        server.services.forget(peer)
        for task in tasks.values { task.cancel() }
        tasks.removeAll()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        server.metrics.connectionFailed()
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Bytes after our last word are thrown away, not left lying: else the system would take our word back.
        if isEnding { return }
        watch.heardAt = .now()
        unwrapInboundIn(data).withUnsafeReadableBytes { decoder.append($0) }
        takeFrames(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        endIfDone(context)
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
        isInputOver = true
        if watch.endedAt != nil {
            // What is still being sent ends by hanging up itself.
            if unsentBytes == 0 { context.close(promise: nil) }
            return
        }
        decoder.finish()
        takeFrames(context)
        context.flush()
        endIfDone(context)
    }

    func read(context: ChannelHandlerContext) {
        if isEnding || hasRoom && !isHolding { context.read() } else { isReadHeld = true }
    }
}

// MARK: Taking what the peer sends

extension ConnectionHandler {
    /// Whether another message may be taken in.
    private var hasRoom: Bool {
        lanes.shouldRead && unsentBytes < server.limits.outboundPauseBytes
            && (waitingBytes <= server.limits.messageBytes || lanes.isIdle)
    }

    private func takeFrames(_ context: ChannelHandlerContext) {
        if isTaking || isEnding { return }
        isTaking = true
        defer { isTaking = false }
        decoder.maximumMessageBytes = server.messageLimit(for: peer.caller)
        isHolding = true
        while hasRoom, !isEnding {
            guard let frame = decoder.next() else {
                isHolding = false
                break
            }
            watch.hasSpoken = true
            watch.partialSince = nil
            take(frame, context)
            if decoder.mustClose { isEnding = true }
        }
        if isHolding || !decoder.hasPartialMessage {
            watch.partialSince = nil
        } else if watch.partialSince == nil {
            watch.partialSince = .now()
        }
    }

    /// Goes on where want of room had stopped it.
    private func resume(_ context: ChannelHandlerContext) {
        if isHolding, hasRoom {
            takeFrames(context)
            context.flush()
        }
        if isReadHeld, isEnding || hasRoom && !isHolding {
            isReadHeld = false
            context.read()
        }
        endIfDone(context)
    }

    private func take(_ frame: Frame, _ context: ChannelHandlerContext) {
        switch frame {
        case .message(let bytes):
            let size = bytes.count > 4096 ? bytes.count : 0
            take(server.parse(bytes, of: peer.caller), size, context)
        case .malformed(let error): refuse(.null, .malformed(error), context)
        case .tooLarge(let limit): refuse(.null, .tooLarge(limit: limit), context)
        case .http:
            server.metrics.messageRefused()
            write(Frame.httpAnswer, context)
        }
    }

    private func take(_ incoming: Incoming, _ bytes: Int, _ context: ChannelHandlerContext) {
        switch incoming {
        case .refused(let error): refuse(.null, error, context)
        case .single(.invalid(let id, let error)): refuse(id, error, context)
        case .single(.response): server.metrics.responseReceived()
        case .single(.request(let request)): take(request, bytes, context)
        case .batch(let calls):
            let ids = calls.compactMap { if case .request(let request) = $0 { request.id } else { nil } }
            if let used = ids.first(where: lanes.isInUse) { return refuse(used, RPCError(.requestIDInUse), context) }
            if drainingSince != nil {
                if let reply = server.refusal(of: calls, RPCError(.shuttingDown)) { send(reply, context) }
                return
            }
            waitingBytes += bytes
            run(lanes.arrived(.batch(calls, bytes: bytes), lane: server.lane(of: calls), ids: ids), context)
        }
    }

    private func take(_ request: Request, _ bytes: Int, _ context: ChannelHandlerContext) {
        guard let id = request.id else { return notified(request, context) }
        if lanes.isInUse(id) { return refuse(id, RPCError(.requestIDInUse), context) }
        if drainingSince != nil { return send(Reply.error(id, RPCError(.shuttingDown)), context) }
        switch server.resolve(request) {
        case .failure(let error): send(Reply.error(id, error), context)
        case .success(let call):
            waitingBytes += bytes
            let work = Work.call(id, call.method, call.params, bytes: bytes)
            run(lanes.arrived(work, lane: call.method.lane, ids: [id]), context)
        }
    }

    /// A call without an id gets no answer, so it may cancel and do nothing else.
    private func notified(_ request: Request, _ context: ChannelHandlerContext) {
        guard let id = server.cancelledID(request) else { return server.metrics.notificationIgnored() }
        switch lanes.cancel(id) {
        case .queued(let work, let started):
            waitingBytes -= work.bytes
            send(Reply.error(id, RPCError(.requestCancelled)), context)
            run(started, context)
        case .running(let ticket): tasks[ticket]?.cancel()
        case .notFound: break
        }
    }

    /// Answers what is no call of a method.
    private func refuse(_ id: RequestID, _ error: RPCError, _ context: ChannelHandlerContext) {
        server.metrics.messageRefused()
        send(Reply.error(id, error), context)
    }
}

extension ConnectionHandler.Work {
    fileprivate var bytes: Int {
        switch self {
        case .call(_, _, _, let bytes), .batch(_, let bytes): bytes
        }
    }
}

// MARK: Running calls

extension ConnectionHandler {
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
        if work.payload.bytes > 0 { runningBytes[ticket] = work.payload.bytes }
        let task: Task<Void, Never>?
        switch work.payload {
        case .call(let id, let method, let params, _):
            if method.lane == .write { sessionCall = ticket }
            task = server.call(id, method, params, peer, answered)
        case .batch(let calls, _):
            task = Task { [server, peer] in answered(await server.batch(calls, peer)) }
        }
        if let task { tasks[ticket] = task }
    }

    private func finished(_ ticket: Ticket, _ reply: [UInt8]?) {
        if !tasks.isEmpty { tasks[ticket] = nil }
        if !runningBytes.isEmpty, let bytes = runningBytes.removeValue(forKey: ticket) { waitingBytes -= bytes }
        // What waits behind it is not begun for a peer that has gone.
        guard let context, context.channel.isActive else { return }
        if let reply { send(reply, context) }
        if sessionCall == ticket {
            sessionCall = nil
            for push in heldPushes { send(push, context) }
            heldPushes = []
        }
        run(lanes.finished(ticket), context)
        if isTaking { return }
        context.flush()
        resume(context)
    }
}

// MARK: Sending

extension ConnectionHandler {
    /// How much is written at once: what has gone shows how far a slow peer is.
    private static let pieceBytes = 64 * 1024

    private func send(_ reply: [UInt8], _ context: ChannelHandlerContext) { write(decoder.frame(reply), context) }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        if unsentBytes > server.limits.outboundCloseBytes { return cut(.notReading) }
        if unsentBytes == 0 { watch.stuckSince = .now() }
        unsentBytes += bytes.count
        var rest = context.channel.allocator.buffer(bytes: bytes)
        let isolated = NIOLoopBound(self, eventLoop: context.eventLoop)
        while let piece = rest.readSlice(length: min(rest.readableBytes, Self.pieceBytes)), piece.readableBytes > 0 {
            let count = piece.readableBytes
            context.write(wrapOutboundOut(piece)).whenComplete { _ in isolated.value.sent(count) }
        }
    }

    private func sent(_ count: Int) {
        unsentBytes -= count
        watch.stuckSince = unsentBytes > 0 ? .now() : nil
        guard isHolding || isReadHeld, !isResuming, hasRoom, let context else { return }
        // Later, as this may come from within a flush, and so that other connections of the loop have their turn.
        isResuming = true
        let isolated = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            isolated.value.isResuming = false
            if let context = isolated.value.context { isolated.value.resume(context) }
        }
    }

    /// Sends something that was not asked for. Call on the event loop.
    func push(_ notification: [UInt8]) {
        guard let context, !isEnding else { return }
        if sessionCall != nil { return heldPushes.append(notification) }
        send(notification, context)
        context.flush()
    }

    private func ping() {
        guard let context else { return }
        pings += 1
        send(Request(id: .string("ping \(pings)"), method: "rpc.ping").bytes, context)
        context.flush()
    }
}

// MARK: The end

extension ConnectionHandler {
    /// Cuts the connection, or asks whether the peer is still there, as it is time. Called every second.
    func look(_ patience: Patience, at now: NIODeadline) {
        let verdict = watch.look(
            patience, isStranger: peer.caller.isAnonymous, answersPings: peer.answersPings, at: now)
        switch verdict {
        case .keep: break
        case .ping: ping()
        case .cut(let reason): cut(reason)
        }
    }

    func cut(_ reason: ConnectionWatch.Cut) {
        guard let context, context.channel.isActive else { return }
        isEnding = true
        server.metrics.connectionCut(reason)
        context.close(promise: nil)
    }

    /// Says that the daemon goes, finishes what is under way, and ends once the peer has been quiet for a moment: calls
    /// that crossed our word are turned away with an answer, not with silence.
    func drain(reconnectAfterMilliseconds: Int) {
        guard let context, drainingSince == nil else { return }
        drainingSince = .now()
        let params: JSON = ["reconnectAfterMilliseconds": .integer(Int64(reconnectAfterMilliseconds))]
        send(Reply.notification("rpc.draining", params: params.bytes), context)
        context.flush()
        endWhenQuiet(context)
    }

    private static let quiet = TimeAmount.milliseconds(200)
    /// A peer that takes no notice and calls on and on is cut short.
    private static let maximumQuietWait = TimeAmount.seconds(2)

    private func endWhenQuiet(_ context: ChannelHandlerContext) {
        guard let drainingSince, !isEnding else { return }
        let now = NIODeadline.now()
        let isQuiet = now - max(watch.heardAt, drainingSince) > Self.quiet && !isHolding
        if isQuiet || now - drainingSince > Self.maximumQuietWait {
            isEnding = true
            return endIfDone(context)
        }
        let isolated = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(100)) {
            if let context = isolated.value.context { isolated.value.endWhenQuiet(context) }
        }
    }

    /// Hangs up once all is answered and sent. A peer that may still be sending is given time to read our last word: to
    /// close at once would make the system take it back.
    private func endIfDone(_ context: ChannelHandlerContext) {
        guard isEnding || isInputOver && !isHolding, lanes.isIdle, watch.endedAt == nil else { return }
        isEnding = true
        watch.endedAt = .now()
        let channel = context.channel
        let mode: CloseMode = isInputOver ? .all : .output
        context.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(capacity: 0))).whenComplete { _ in
            channel.close(mode: mode, promise: nil)
        }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }
}
