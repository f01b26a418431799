import CardRules

/// The chunks of a PNG file (ISO 15948).
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static let wrong = Malformed("must be a whole PNG picture")

    /// Colour type and depth of the pictures that there are.
    private static let depths: [UInt8: [UInt8]] = [
        0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]

    /// The picture with the chunks that decoding it takes, transparency among them: texts, times, colour profiles,
    /// EXIF and what follows the end are left out.
    static func cleaned(_ file: [UInt8]) throws(Malformed) -> (bytes: [UInt8], width: Int, height: Int) {
        var place = signature.count
        var kept: [String] = []
        var result = signature
        result.reserveCapacity(file.count)
        var header: ArraySlice<UInt8> = []
        while kept.last != "IEND" {
            guard file.count - place >= 12 else { throw wrong }
            let length = number(file, place)
            guard length <= file.count - place - 12 else { throw wrong }
            let end = place + 12 + length
            let type = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
            guard Int(PNG.crc32(file[place + 4..<end - 4])) == number(file, end - 4) else { throw wrong }
            if type == "IHDR" { header = file[place + 8..<end - 4] }
            if ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].contains(type) {
                guard follows(type, kept) else { throw wrong }
                kept.append(type)
                result += file[place..<end]
            } else if file[place + 4] & 0x20 == 0 {
                // A chunk that nobody can leave out, and we do not know.
                throw wrong
            }
            place = end
        }
        let fields = Array(header)
        guard fields.count == 13, depths[fields[9]]?.contains(fields[8]) == true, fields[10] == 0, fields[11] == 0,
            fields[12] <= 1, fields[9] != 3 || kept.contains("PLTE")
        else { throw wrong }
        return (result, number(fields, 0), number(fields, 4))
    }

    /// The order of the chunks: the header, palette, transparency, data in one run, the end.
    private static func follows(_ type: String, _ kept: [String]) -> Bool {
        switch type {
        case "IHDR": kept.isEmpty
        case "PLTE": kept == ["IHDR"]
        case "tRNS": kept == ["IHDR"] || kept == ["IHDR", "PLTE"]
        case "IDAT": !kept.isEmpty
        default: kept.last == "IDAT"
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
