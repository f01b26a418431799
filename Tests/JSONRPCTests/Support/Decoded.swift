import JSONRPC

/// All that a decoder makes of a stream that arrives in chunks and ends.
struct Decoded: Equatable {
    var frames: [Frame] = []
    var framing: Framing?
    /// How many of the frames came before the stream's end.
    var beforeEnd = 0
    /// Whether the connection had to be closed before the stream's end.
    var mustClose = false

    /// - Parameter isDrained: whether the frames are taken after each chunk or only after the last.
    init(_ stream: [UInt8], _ limits: WireLimits, chunks: [Int], isDrained: Bool = true) {
        var decoder = FrameDecoder(limits)
        var rest = stream[...]
        for chunk in chunks {
            decoder.append(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            while isDrained, let frame = decoder.next() { frames.append(frame) }
        }
        while let frame = decoder.next() { frames.append(frame) }
        (beforeEnd, mustClose, framing) = (frames.count, decoder.mustClose, decoder.framing)
        decoder.finish()
        while let frame = decoder.next() { frames.append(frame) }
    }
}
