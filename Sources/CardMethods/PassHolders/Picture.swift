import CardRules
import JSONRPC
import Postgres

/// A picture that can be shown: without what else was in its file (PH-07).
struct Picture: Sendable, Hashable {
    enum MediaType: String, WordParameter, PostgresValue {
        case jpeg = "image/jpeg"
        case png = "image/png"
    }

    let mediaType: MediaType
    let width: Int
    let height: Int
    let bytes: [UInt8]

    static let maximumBytes = 2 << 20
    /// Of each side. A small file may unfold to a picture that fills a client's memory.
    static let maximumSide = 8000
    static let maximumPixels = 40_000_000

    fileprivate static let placeholder = Picture(mediaType: .png, width: 1, height: 1, bytes: [])

    private init(mediaType: MediaType, width: Int, height: Int, bytes: [UInt8]) {
        (self.mediaType, self.width, self.height, self.bytes) = (mediaType, width, height, bytes)
    }

    /// Tells the type by the content. Throws what is wrong with it.
    init(of file: [UInt8]) throws(Malformed) {
        guard file.count <= Self.maximumBytes else { throw Malformed("must be a picture of at most 2 MiB") }
        let cleaned: (bytes: [UInt8], width: Int, height: Int)
        if file.starts(with: JPEGFile.signature) {
            mediaType = .jpeg
            cleaned = try JPEGFile.cleaned(file)
        } else if file.starts(with: PNGFile.signature) {
            mediaType = .png
            cleaned = try PNGFile.cleaned(file)
        } else {
            throw Malformed("must be a picture in JPEG or PNG")
        }
        (bytes, width, height) = cleaned
        let sides = 1...Self.maximumSide
        guard sides.contains(width), sides.contains(height), width * height <= Self.maximumPixels else {
            throw Malformed("must be a picture of at most \(Self.maximumSide) pixels a side, and 40 million in all")
        }
    }
}

/// A picture as a parameter: the file in base64.
struct PictureText: ParameterValue {
    let picture: Picture

    static var schema: Schema {
        .string(format: "base64", pattern: nil, lengths: 1...(Picture.maximumBytes + 2) / 3 * 4)
    }
    static var placeholder: PictureText { PictureText(picture: .placeholder) }

    private init(picture: Picture) { self.picture = picture }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string else { throw Unfit("must be a string, not \(parameter.kind)") }
        guard let file = Base64.bytes(text) else { throw Unfit("must be the file in base64, with padding") }
        do { picture = try Picture(of: file) } catch { throw Unfit(error.reason) }
    }
}
