import CardRules

/// The segments of a JPEG file (ITU T.81).
enum JPEGFile {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    private static let wrong = Malformed("must be a whole JPEG picture: baseline or progressive")

    /// The picture with the segments that decoding it takes, and no others: comments, EXIF, colour profiles, previews
    /// and what follows the end are left out. Of the applications' own segments two say how the colours are to be read;
    /// they are written anew.
    static func cleaned(_ file: [UInt8]) throws(Malformed) -> (bytes: [UInt8], width: Int, height: Int) {
        var reader = Reader(file)
        var result: [UInt8] = [0xFF, 0xD8]
        result.reserveCapacity(file.count)
        var size: (width: Int, height: Int)?
        var hasScan = false
        while true {
            let marker = try reader.marker()
            switch marker {
            case 0xD9:
                guard let size, hasScan else { throw wrong }
                return (result + [0xFF, 0xD9], size.width, size.height)
            case 0xC0, 0xC1, 0xC2:
                let frame = try reader.segment()
                guard size == nil, frame.count >= 6, frame.count == 6 + 3 * Int(frame[5]) else { throw wrong }
                size = (Int(frame[3]) << 8 | Int(frame[4]), Int(frame[1]) << 8 | Int(frame[2]))
                write(marker, frame, to: &result)
            case 0xC4, 0xDB, 0xDD: write(marker, try reader.segment(), to: &result)
            case 0xDA:
                guard size != nil else { throw wrong }
                write(marker, try reader.segment(), to: &result)
                result += try reader.scan()
                hasScan = true
            case 0xE0...0xEF, 0xFE:
                if let colours = colours(marker, try reader.segment()) { write(marker, colours, to: &result) }
            default: throw wrong
            }
        }
    }

    /// What a segment says of the colours: JFIF that they are brightness and two differences, Adobe which they are.
    private static func colours(_ marker: UInt8, _ segment: [UInt8]) -> [UInt8]? {
        switch marker {
        case 0xE0 where segment.starts(with: Array("JFIF\0".utf8)):
            Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0]
        case 0xEE where segment.starts(with: Array("Adobe".utf8)) && segment.count >= 12:
            Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, segment[11]]
        default: nil
        }
    }

    private static func write(_ marker: UInt8, _ segment: [UInt8], to result: inout [UInt8]) {
        let length = segment.count + 2
        result += [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)]
        result += segment
    }

    private struct Reader {
        private let file: [UInt8]
        private var place = 2

        init(_ file: [UInt8]) { self.file = file }

        private mutating func byte() throws(Malformed) -> UInt8 {
            guard place < file.count else { throw wrong }
            place += 1
            return file[place - 1]
        }

        /// The next marker; any number of 0xFF may stand before it.
        mutating func marker() throws(Malformed) -> UInt8 {
            guard try byte() == 0xFF else { throw wrong }
            var marker = try byte()
            while marker == 0xFF { marker = try byte() }
            return marker
        }

        /// What a segment holds after its length.
        mutating func segment() throws(Malformed) -> [UInt8] {
            let length = Int(try byte()) << 8 | Int(try byte())
            guard length >= 2, place + length - 2 <= file.count else { throw wrong }
            place += length - 2
            return Array(file[place - length + 2..<place])
        }

        /// The compressed data up to the next marker, with the restarts and stuffed bytes in it.
        mutating func scan() throws(Malformed) -> ArraySlice<UInt8> {
            let start = place
            while place + 1 < file.count {
                let next = file[place + 1]
                if file[place] == 0xFF, next != 0, !(0xD0...0xD7).contains(next) { return file[start..<place] }
                place += 1
            }
            throw wrong
        }
    }
}
