/// Writes what goes to the peer, as compact JSON without framing.
public enum Reply {
    /// - Parameter result: one JSON text.
    public static func result(_ id: RequestID, _ result: [UInt8]) -> [UInt8] {
        envelope(id, reserving: result.count) { writer in
            writer.name("result")
            writer.raw(result)
        }
    }

    public static func error(_ id: RequestID, _ error: RPCError) -> [UInt8] {
        envelope(id, reserving: 256) { writer in
            writer.name("error")
            error.write(to: &writer)
        }
    }

    /// - Parameter params: one JSON text, an object or an array.
    public static func notification(_ method: String, params: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(reserving: params.count + 128)
        writer.object { writer in
            writer.name("jsonrpc")
            writer.string("2.0")
            writer.name("method")
            writer.string(method)
            writer.name("params")
            writer.raw(params)
        }
        return writer.bytes
    }

    /// The replies to a batch in its order; `nil` if none of its calls is answered, for then nothing is sent.
    public static func batch(_ replies: [[UInt8]]) -> [UInt8]? {
        if replies.isEmpty { return nil }
        var writer = JSONWriter(reserving: replies.reduce(3) { $0 + $1.count + 1 })
        writer.array { writer in for reply in replies { writer.raw(reply) } }
        return writer.bytes
    }

    /// The capacity leaves room for the line feed of the framing.
    private static func envelope(
        _ id: RequestID, reserving count: Int, _ body: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(reserving: count + 192)
        writer.object { writer in
            writer.name("jsonrpc")
            writer.string("2.0")
            writer.name("id")
            id.write(to: &writer)
            body(&writer)
        }
        return writer.bytes
    }
}
