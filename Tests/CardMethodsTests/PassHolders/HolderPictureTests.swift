import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Files of pictures, put together by hand.
enum PictureSamples {
    /// A black pixel as PNG, in base64.
    static let dot = Base64.text(PNG.bytes(width: 1, height: 1) { _, _ in false })

    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 0xFF)] + content
    }

    static func frame(_ width: Int, _ height: Int) -> [UInt8] {
        let size = [height >> 8, height & 0xFF, width >> 8, width & 0xFF].map(UInt8.init)
        return segment(0xC0, [8] + size + [1, 1, 0x11, 0])
    }

    static let tables = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64)) + segment(0xC4, [0, 1, 2, 3])
    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]
    static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
    static let adobe = segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])

    /// With all that is in a camera's file beside the picture.
    static let photo: [UInt8] =
        [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 1, 0, 72, 0, 72, 1, 1, 9, 9, 9])
        + segment(0xE1, Array("Exif\0\0SECRET".utf8)) + segment(0xE2, Array("ICC_PROFILE".utf8))
        + segment(0xFE, Array("SECRET".utf8)) + tables
        + segment(0xEE, Array("Adobe".utf8) + [0, 100, 1, 2, 3, 4, 1, 7])
        + [0xFF] + frame(300, 200) + scan + tables + scan + [0xFF, 0xD9] + Array("SECRET".utf8)

    static let bare: [UInt8] =
        [0xFF, 0xD8] + jfif + tables + adobe + frame(300, 200) + scan + tables + scan + [0xFF, 0xD9]

    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return [content.count, Int(PNG.crc32(body))].map { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        }.enumerated().reduce([]) { $0 + ($1.offset == 0 ? $1.element + body : $1.element) }
    }

    static func header(_ width: UInt8, depth: UInt8 = 8, colours: UInt8 = 3) -> [UInt8] {
        chunk("IHDR", [0, 0, 0, width, 0, 0, 0, 2, depth, colours, 0, 0, 0])
    }

    static func png(_ chunks: [UInt8]...) -> [UInt8] { PNGFile.signature + chunks.flatMap(\.self) }

    static let (palette, data, end) = (chunk("PLTE", [1, 2, 3]), chunk("IDAT", [1, 2, 3, 4]), chunk("IEND", []))
}

struct PictureFileTests {
    private typealias Samples = PictureSamples

    @Test func `PH-07 of a photo stays the picture, and nothing of who took it where`() throws {
        let picture = try Picture(of: Samples.photo)
        #expect(picture.mediaType == .jpeg && picture.width == 300 && picture.height == 200)
        #expect(picture.bytes == Samples.bare)
        #expect(try Picture(of: picture.bytes) == picture)
        let drawing = Samples.png(
            Samples.header(3), Samples.chunk("tEXt", Array("SECRET".utf8)), Samples.palette, Samples.chunk("tRNS", [1]),
            Samples.chunk("eXIf", [1]), Samples.data, Samples.data, Samples.chunk("tIME", [1]), Samples.end, [1, 2, 3])
        let cleaned = try Picture(of: drawing)
        #expect(cleaned.mediaType == .png && cleaned.width == 3 && cleaned.height == 2)
        #expect(
            cleaned.bytes
                == Samples.png(
                    Samples.header(3), Samples.palette, Samples.chunk("tRNS", [1]), Samples.data, Samples.data,
                    Samples.end))
        let plain = PNG.bytes(width: 5, height: 4) { x, y in x == y }
        #expect(try Picture(of: plain).bytes == plain)
    }

    private static let malformed: [[UInt8]] = [
        [], Array("GIF89a".utf8), Array("%PDF-1.7".utf8), [0xFF, 0xD8, 0xFF],
        [0xFF, 0xD8] + Samples.tables + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.frame(1, 1) + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.frame(1, 1) + Samples.frame(1, 1) + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.frame(0, 9) + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.frame(8001, 9) + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.frame(7000, 7000) + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.segment(0xC3, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]) + Samples.scan + [0xFF, 0xD9],
        [0xFF, 0xD8] + Samples.segment(0xC0, [8, 0, 1, 0, 1, 3, 1, 0x11, 0]) + Samples.scan + [0xFF, 0xD9],
        Samples.png(Samples.data, Samples.end), Samples.png(Samples.header(1), Samples.palette, Samples.end),
        Samples.png(Samples.header(1), Samples.data, Samples.end),
        Samples.png(Samples.header(0), Samples.palette, Samples.data, Samples.end),
        Samples.png(Samples.header(1, depth: 16), Samples.palette, Samples.data, Samples.end),
        Samples.png(Samples.header(1, colours: 7), Samples.palette, Samples.data, Samples.end),
        Samples.png(Samples.header(1), Samples.header(1), Samples.palette, Samples.data, Samples.end),
        Samples.png(Samples.header(1), Samples.palette, Samples.chunk("NEWC", []), Samples.data, Samples.end),
        Samples.png(Samples.header(1), Samples.palette, Array(Samples.data.dropLast()) + [0], Samples.end),
        Samples.bare + [UInt8](repeating: 0, count: 2 << 20),
    ]

    @Test(arguments: malformed.indices) func `what is no whole picture of a size that can be shown is refused`(
        index: Int
    ) {
        #expect(throws: Malformed.self) { try Picture(of: Self.malformed[index]) }
    }

    @Test func `a file that was cut or damaged anywhere is refused or read, and never more than that`() {
        let files = [Samples.bare, Samples.png(Samples.header(3), Samples.palette, Samples.data, Samples.end)]
        for file in files {
            for length in 0..<file.count { #expect(throws: Malformed.self) { try Picture(of: Array(file[..<length])) } }
            for place in file.indices {
                for value: UInt8 in [0, 1, 0x7F, 0xD9, 0xFF] {
                    var damaged = file
                    damaged[place] = value
                    if let picture = try? Picture(of: damaged) { #expect(picture.bytes.count <= file.count + 4) }
                }
            }
        }
    }

    @Test(arguments: ["", "A", "AA", "AA=A", "A===", "AA==AAAA", "AB==", "AAB=", "AA\n=", "-_8=", "AAA "])
    func `base64 that nobody would write is refused`(text: String) {
        #expect(text.isEmpty ? Base64.bytes(text) == [] : Base64.bytes(text) == nil)
    }

    @Test func `base64 gives back what was written`() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            #expect(Base64.bytes(Base64.text(bytes)) == bytes)
        }
    }
}

@Suite(.bare) struct HolderPictureTests {
    @Test func `PH-07 a picture is set, shown, replaced and removed, and counts its changes`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.plain.clerk
            let holder: JSON = ["passHolderId": try await scene.registered(region)]
            #expect(await scene.refused(clerk, "passHolder.picture", holder) == ["passHolder.pictureNotFound"])
            let photo: JSON = ["picture": .string(Base64.text(PictureSamples.photo)), "version": 0]
            let set = try await scene.ok(clerk, "passHolder.setPicture", holder.merged(with: photo))
            #expect(set["mediaType"] == "image/jpeg" && set["width"] == 300 && set["version"] == 1)
            let shown = try await scene.ok(clerk, "passHolder.picture", holder)
            #expect(shown["picture"]?.string == Base64.text(PictureSamples.bare) && shown["info"] == set)
            #expect(await scene.refused(clerk, "passHolder.setPicture", holder.merged(with: photo)) == ["-32009"])
            let dot: JSON = ["picture": .string(PictureSamples.dot)]
            let second = try await scene.ok(clerk, "passHolder.setPicture", holder.merged(with: dot))
            #expect(second["mediaType"] == "image/png" && second["version"] == 2)
            let removed = try await scene.ok(clerk, "passHolder.removePicture", holder.merged(with: ["version": 2]))
            #expect(removed["mediaType"] == nil && removed["version"] == 3)
            #expect(await scene.refused(clerk, "passHolder.removePicture", holder) == ["passHolder.pictureNotFound"])
            #expect(try await scene.count("pass_holder_picture where bytes is not null") == 0)
            for text in ["", "AAAA", "%%%%"] {
                let wrong = holder.merged(with: ["picture": .string(text)])
                #expect(await scene.refused(clerk, "passHolder.setPicture", wrong) == ["-32602"])
            }
        }
    }

    @Test func `PH-06 PH-07 a registration brings picture and note where the counter may write them`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let extras: JSON = ["picture": .string(PictureSamples.dot), "note": "Speaks Dutch\nand Arabic"]
            let holder = try await scene.registered(region, extras)
            let clerk = region.authorised.clerk
            let picture = try await scene.ok(clerk, "passHolder.picture", ["passHolderId": holder])
            let note = try await scene.ok(
                clerk, "passHolder.note", ["passHolderId": holder, "cardSystemId": region.cardSystem])
            #expect(picture["info"]?["version"] == 1 && note["note"] == "Speaks Dutch\nand Arabic")
            let refused = await scene.refused(
                region.plain.clerk, "passHolder.register",
                region.person(extras.merged(with: ["insz": "85031799708"])))
            #expect(refused == ["permission.notHeld"])
        }
    }
}
