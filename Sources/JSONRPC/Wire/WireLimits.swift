/// All bounds of the wire in one place. A peer that meets one is told which, by its number.
public struct WireLimits: Sendable, Hashable {
    /// Bytes of one message before the connection has logged in: small, as strangers may hold thousands of
    /// connections with an unfinished message in each.
    public var messageBytesBeforeLogin = 16 * 1024
    /// Bytes of one message after login.
    public var messageBytes = 1024 * 1024
    /// Bytes of one message of a caller who may send pictures: one of 2 MiB in base64, and what goes with it.
    public var pictureMessageBytes = 4 * 1024 * 1024
    /// Bytes of one message that may call a method that imports documents.
    public var importMessageBytes = 16 * 1024 * 1024
    /// Messages over their limit after which a connection in line mode is closed too.
    public var oversizedMessages = 3
    /// Bytes of the header block of one message, line ends included.
    public var headerBytes = 1024
    /// Header lines of one message.
    public var headerLines = 8
    /// UTF-8 bytes of a request's id.
    public var idBytes = 128
    /// Characters of a method's name, which are ASCII.
    public var methodCharacters = 128
    /// Calls in one batch.
    public var batchCalls = 100
    /// Bytes of one reply, a batch's replies taken together.
    public var replyBytes = 8 * 1024 * 1024
    /// Reads of one connection that run at the same time.
    public var readsAtOnce = 8
    /// Calls of one connection that are under way.
    public var callsInFlight = 64
    /// Calls of one connection that wait for their turn; from there on nothing more is read from it.
    public var callsQueued = 64
    /// Unsent bytes of one connection from which on nothing more is read from it.
    public var outboundPauseBytes = 1024 * 1024
    /// Unsent bytes of one connection at which it is closed.
    public var outboundCloseBytes = 8 * 1024 * 1024
    /// Seconds for which a connection may take none of its unsent bytes before it is closed.
    public var unwritableSeconds = 20
    /// Seconds of silence after which a connection is closed.
    public var silentSeconds = 200
    /// Bytes that all connections together may hold unread or unsent; above it the largest holder is closed.
    public var bufferedBytes = 256 * 1024 * 1024
    /// Bounds on the JSON of one message.
    public var json = JSONLimits()

    public init() {}
}
