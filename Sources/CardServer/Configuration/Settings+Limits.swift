import JSONRPC

extension Settings {
    /// What one peer may take. Each bound that is met is named in the error that tells of it.
    public struct Limits: Sendable {
        /// The bounds that concern messages; those that nobody wants to set keep their standard.
        public let wire: WireLimits
        public let connections: Int
        public let httpConnections: Int
        public let firstMessageSeconds: Int
        public let messageSeconds: Int
        public let callSeconds: Int
        public let drainSeconds: Int

        init(from reader: inout SettingReader) {
            wire = Self.wire(from: &reader)
            connections = reader.integer(
                "limits.connections", 20_000, in: 1...1_000_000, "Connections at a time; more are closed at once.")
            httpConnections = reader.integer(
                "limits.httpConnections", 1000, in: 1...100_000,
                "HTTP connections at a time; more wait until one is closed, a silent one after a minute.")
            firstMessageSeconds = reader.integer(
                "limits.firstMessageSeconds", 10, in: 1...3600, "Time to say a first thing, TLS handshake included.")
            messageSeconds = reader.integer(
                "limits.messageSeconds", 30, in: 1...3600, "Time from a message's first byte to its last.")
            callSeconds = reader.integer("limits.callSeconds", 30, in: 1...3600, "Time for one call.")
            drainSeconds = reader.integer("limits.drainSeconds", 30, in: 0...600, "Time to finish calls at SIGTERM.")
        }

        private static func wire(from reader: inout SettingReader) -> WireLimits {
            var wire = WireLimits()
            let declarations: [(String, WritableKeyPath<WireLimits, Int>, ClosedRange<Int>, String)] = [
                ("messageBytesBeforeLogin", \.messageBytesBeforeLogin, 1024...1 << 20, "Longest message before login."),
                ("messageBytes", \.messageBytes, 4096...16 << 20, "Longest message after login."),
                ("pictureMessageBytes", \.pictureMessageBytes, 4096...16 << 20, "Longest message with a picture."),
                ("importMessageBytes", \.importMessageBytes, 4096...64 << 20, "Longest import of documents."),
                ("batchCalls", \.batchCalls, 1...10_000, "Calls in one JSON-RPC batch."),
                ("replyBytes", \.replyBytes, 65_536...64 << 20, "Longest reply, those of a batch taken together."),
                ("readsAtOnce", \.readsAtOnce, 1...256, "Reading calls of a connection that run at the same time."),
                ("callsInFlight", \.callsInFlight, 1...10_000, "Calls of a connection that are under way."),
                ("callsQueued", \.callsQueued, 1...10_000, "Calls that wait behind them before reading stops."),
                ("outboundPauseBytes", \.outboundPauseBytes, 4096...64 << 20, "Unsent output at which reading stops."),
                ("outboundCloseBytes", \.outboundCloseBytes, 65_536...256 << 20, "Unsent output that closes it."),
                ("unwritableSeconds", \.unwritableSeconds, 1...3600, "Time that a peer may take none of its output."),
                ("silentSeconds", \.silentSeconds, 10...86_400, "Silence that ends a connection."),
                (
                    "bufferedBytes", \.bufferedBytes, 1 << 20...1 << 40,
                    "Bytes waiting in all connections above which the greediest is closed."
                ),
            ]
            for (name, path, range, text) in declarations {
                wire[keyPath: path] = reader.integer("limits." + name, wire[keyPath: path], in: range, text)
            }
            return wire
        }
    }
}
