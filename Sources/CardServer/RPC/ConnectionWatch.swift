import JSONRPC
import NIOCore

/// How long a connection may keep us waiting, by its event loop's clock.
struct Patience: Sendable {
    /// For a stranger: until its first message, and for any of its messages from first byte to last.
    var firstMessage: TimeAmount
    /// For the messages of those who have logged in.
    var message: TimeAmount
    /// Without taking any of what was sent to it.
    var unwritable: TimeAmount
    /// Without a word.
    var silent: TimeAmount
    /// From our last word until the peer hangs up too.
    let farewell = TimeAmount.seconds(3)
}

extension Patience {
    init(_ limits: Settings.Limits) {
        self.init(
            firstMessage: .seconds(Int64(limits.firstMessageSeconds)), message: .seconds(Int64(limits.messageSeconds)),
            unwritable: .seconds(Int64(limits.wire.unwritableSeconds)),
            silent: .seconds(Int64(limits.wire.silentSeconds)))
    }
}

/// When a connection did what, and what follows from it: peers that are silent, slow or stuck are cut off, and those
/// that answer pings are asked first.
struct ConnectionWatch {
    /// Why a connection was closed without the peer's wish.
    enum Cut: String, Sendable, CaseIterable {
        /// It said nothing for too long.
        case silent
        /// A message of it took too long.
        case slow
        /// It takes nothing of what is sent to it, or too little.
        case notReading
        /// It held the most when all connections together held too much.
        case greedy
        /// It did not hang up when we had said our last word.
        case lingering
    }

    enum Verdict: Hashable {
        case keep, ping
        case cut(Cut)
    }

    let openedAt: NIODeadline
    /// When the peer last sent anything.
    var heardAt: NIODeadline
    /// Since when a message is under way.
    var partialSince: NIODeadline?
    /// Since when the peer has taken nothing of what waits for it.
    var stuckSince: NIODeadline?
    /// When we said our last word.
    var endedAt: NIODeadline?
    var hasSpoken = false
    private var pingedAt: NIODeadline

    init(openedAt now: NIODeadline) { (openedAt, heardAt, pingedAt) = (now, now, now) }

    /// What to do with the connection now. A ping that is asked for counts as sent.
    mutating func look(
        _ patience: Patience, isStranger: @autoclosure () -> Bool, answersPings: @autoclosure () -> Bool,
        at now: NIODeadline
    ) -> Verdict {
        if let endedAt { return now - endedAt > patience.farewell ? .cut(.lingering) : .keep }
        let silence = now - heardAt
        if silence > patience.silent { return .cut(.silent) }
        if !hasSpoken, now - openedAt > patience.firstMessage { return .cut(.silent) }
        if let partialSince, now - partialSince > (isStranger() ? patience.firstMessage : patience.message) {
            return .cut(.slow)
        }
        if let stuckSince, now - stuckSince > patience.unwritable { return .cut(.notReading) }
        // Three times before it is too late: one ping may be lost in a bad moment of the network.
        let interval = TimeAmount.nanoseconds(patience.silent.nanoseconds / 4)
        guard silence > interval, now - pingedAt > interval, answersPings() else { return .keep }
        pingedAt = now
        return .ping
    }
}
