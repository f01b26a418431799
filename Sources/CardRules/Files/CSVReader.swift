/// Takes the bytes of a CSV file as they come, and gives its rows: in pieces of any size the same ones.
///
/// Knows a byte order mark; LF, CRLF and CR; fields in quotes that hold delimiters, quotes and line ends. Holds one row
/// and what was appended last, so that a file of any length is read in the same memory. Blank rows are left out.
public struct CSVReader: Sendable {
    private enum State: Sendable {
        case fieldStart, plain, quoted, quoteInQuoted
        /// In a row that is too long, to its line end.
        case skipping
    }

    /// What is not given out yet.
    private var buffer: [UInt8] = []
    private var start = 0
    /// Up to where `buffer` was looked at.
    private var at = 0
    /// How many bytes of a row that is too long were dropped already.
    private var dropped = 0
    private var state = State.fieldStart
    private var isFinished = false
    /// Where `buffer[0]` stands in the file.
    private var base: Int
    private var encoding: FileEncoding
    private var number: Int
    /// Of the rows; `nil` before the header is known.
    public private(set) var format: CSVFormat?

    /// Begins at the beginning of a file.
    public init(_ encoding: FileEncoding) { (self.encoding, base, number) = (encoding, 0, 0) }

    /// Goes on after a row that was read before.
    ///
    /// - Parameters:
    ///   - offset: Where in the file the bytes begin that are appended next; a row must begin there.
    ///   - number: Of the row before.
    public init(_ format: CSVFormat, from offset: Int, after number: Int) {
        (self.format, encoding, base, self.number) = (format, format.encoding, offset, number)
    }

    /// Where in the file the next row begins, and the number of the row before it.
    public var position: (offset: Int, number: Int) { (base + start, number) }

    /// How many bytes are in memory.
    var heldBytes: Int { buffer.count }

    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            (base, at, start) = (base + start, at - start, 0)
        }
        buffer.append(contentsOf: bytes)
    }

    /// Says that nothing comes any more.
    public mutating func finish() { isFinished = true }

    /// The next row; `nil` if more bytes are needed, or there is none.
    public mutating func next() -> CSVRow? {
        guard takeMark() else { return nil }
        while let row = nextLine() {
            if case .success(let fields) = row.fields, fields.allSatisfy(\.isEmpty) { continue }
            return row
        }
        return nil
    }

    /// Steps over a byte order mark. False if more bytes are needed to know whether there is one.
    private mutating func takeMark() -> Bool {
        guard base == 0, start == 0, at == 0, format == nil else { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if buffer.count < mark.count, !isFinished { return false }
        if buffer.starts(with: mark) { (start, at, encoding) = (mark.count, mark.count, .utf8) }
        return true
    }

    private mutating func nextLine() -> CSVRow? {
        if format == nil {
            guard let header = headerLine() else { return nil }
            format = CSVFormat(CSVFormat.delimiter(of: header), encoding)
            let isWide = header.starts(with: [0xFF, 0xFE]) || header.starts(with: [0xFE, 0xFF])
            if isWide { return give(upTo: header.endIndex, after: header.endIndex, .failure(.encodingUnknown)) }
        }
        while at < buffer.count {
            let byte = buffer[at]
            if byte == 0x0A || byte == 0x0D, state != .quoted { return endOfRow(byte) }
            step(byte)
            at += 1
            if at - start > CSVFormat.rowBytes, state != .skipping {
                // The last byte may be the first half of a line end.
                if state == .quoted, let line = lineEnd(before: at - 1) { return unclosed(line) }
                state = .skipping
            }
        }
        if state == .skipping {
            dropped += buffer.count - start
            buffer.removeSubrange(start...)
            at = start
        }
        guard isFinished, start < buffer.count || dropped > 0 else { return nil }
        if state == .quoted { return unclosed(lineEnd(before: buffer.count) ?? buffer.count) }
        return give(upTo: buffer.count, after: buffer.count)
    }

    /// The line that is looked at to tell the delimiter; whole, or as long as a row may be. Blank ones before it say
    /// nothing.
    private func headerLine() -> ArraySlice<UInt8>? {
        var isQuoted = false
        var line = start
        for index in start..<buffer.count {
            let byte = buffer[index]
            if byte == CSVFormat.quote { isQuoted.toggle() }
            let isEnd = !isQuoted && (byte == 0x0A || byte == 0x0D)
            if isEnd, index == line {
                line += 1
            } else if isEnd || index - line >= CSVFormat.rowBytes {
                return buffer[line..<index]
            }
        }
        return isFinished && line < buffer.count ? buffer[line...] : nil
    }

    private mutating func step(_ byte: UInt8) {
        let isDelimiter = byte == format?.delimiter.byte
        switch state {
        case .fieldStart: state = byte == CSVFormat.quote ? .quoted : isDelimiter ? .fieldStart : .plain
        case .plain: if isDelimiter { state = .fieldStart }
        case .quoted: if byte == CSVFormat.quote { state = .quoteInQuoted }
        case .quoteInQuoted: state = byte == CSVFormat.quote ? .quoted : isDelimiter ? .fieldStart : .plain
        case .skipping: break
        }
    }

    private mutating func endOfRow(_ byte: UInt8) -> CSVRow? {
        var next = at + 1
        if byte == 0x0D {
            // Whether a line feed belongs to it is in what comes.
            if next == buffer.count, !isFinished { return nil }
            if next < buffer.count, buffer[next] == 0x0A { next += 1 }
        }
        return give(upTo: at, after: next)
    }

    /// The first line end of the row, if there is one.
    private func lineEnd(before end: Int) -> Int? { buffer[start..<end].firstIndex { $0 == 0x0A || $0 == 0x0D } }

    /// A row whose quote has no end: its first line is given up, and the rest is read anew.
    private mutating func unclosed(_ end: Int) -> CSVRow {
        var next = min(end + 1, buffer.count)
        if next < buffer.count, buffer[end] == 0x0D, buffer[next] == 0x0A { next += 1 }
        return give(upTo: end, after: next, .failure(.quoteUnclosed))
    }

    private mutating func give(
        upTo end: Int, after next: Int, _ fault: Result<[String], CSVFault>? = nil
    ) -> CSVRow {
        let bytes = buffer[start..<end]
        let isTooLong = state == .skipping || bytes.count > CSVFormat.rowBytes
        let fields: Result<[String], CSVFault> =
            fault
            ?? (isTooLong
                ? .failure(.rowTooLong(bytes: CSVFormat.rowBytes))
                : Result { () throws(CSVFault) in try format!.fields(of: bytes) })
        number += 1
        let row = CSVRow(number: number, offset: base + start, length: dropped + bytes.count, fields: fields)
        (start, at, state, base, dropped) = (next, next, .fieldStart, base + dropped, 0)
        return row
    }
}
