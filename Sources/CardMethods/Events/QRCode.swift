internal import CQRencode

/// A QR code: a square of dark and light modules.
struct QRCode: Hashable {
    /// Modules of one side, without the quiet zone.
    let side: Int
    /// Row by row from the top left.
    private let modules: [Bool]

    /// The library could not make it: the text is too long, or there is no memory.
    struct Unencodable: Error {}

    /// With error correction of level M: 15 % of a poster may be torn or smeared.
    init(text: String) throws(Unencodable) {
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else { throw Unencodable() }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        modules = (0..<side * side).map { [data = code.pointee.data!] in data[$0] & 1 == 1 }
    }

    /// Whether a module is dark. Outside of the code lies the quiet zone, which is light.
    subscript(x: Int, y: Int) -> Bool {
        let code = 0..<side
        return code.contains(x) && code.contains(y) && modules[y * side + x]
    }

    /// Light modules around the code, as the standard asks.
    static let quietZone = 4

    /// Modules of one side of the picture.
    private var width: Int { side + 2 * Self.quietZone }

    /// One module is one unit, so that it may be printed in any size.
    var svg: String {
        var path = ""
        for y in 0..<side {
            var x = 0
            while x < side {
                let start = x
                while self[x, y] { x += 1 }
                if x > start {
                    path += "M\(start + Self.quietZone) \(y + Self.quietZone)h\(x - start)v1h-\(x - start)z"
                }
                x += 1
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(width)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(width)v\(width)h-\(width)z"/><path d="\(path)"/></svg>
            """
    }

    /// Ten pixels a module.
    var png: [UInt8] {
        let scale = 10
        return PNG.bytes(width: width * scale, height: width * scale) { x, y in
            !self[x / scale - Self.quietZone, y / scale - Self.quietZone]
        }
    }
}
