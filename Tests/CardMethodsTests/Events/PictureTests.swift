import JSONRPC
import Testing

@testable import CardMethods

@Suite struct `Pictures of check-in codes` {
    @Test func `EVS-03 a check-in code becomes a QR code with its three finders`() throws {
        let code = try QRCode(text: "0123456789ABCDEF")
        #expect(code.side == 21)
        for (left, top) in [(0, 0), (14, 0), (0, 14)] {
            for y in 0..<7 {
                for x in 0..<7 {
                    let ring = max(abs(x - 3), abs(y - 3))
                    #expect(code[left + x, top + y] == (ring != 2), "\(left + x) \(top + y)")
                }
            }
        }
        #expect(!code[-1, 0] && !code[0, 21])
        #expect(throws: QRCode.Unencodable.self) { try QRCode(text: String(repeating: "x", count: 3000)) }
    }

    @Test func `the SVG draws every dark module once, inside of a quiet zone`() throws {
        let code = try QRCode(text: "0123456789ABCDEF")
        let svg = code.svg
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\""))
        let path = try #require(svg.split(separator: " d=\"").last?.split(separator: "\"").first)
        var drawn = Set<[Int]>()
        for run in path.split(separator: "z") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            for x in numbers[0]..<(numbers[0] + numbers[2]) { drawn.insert([x, numbers[1]]) }
        }
        let dark = (0..<29).flatMap { y in (0..<29).map { [$0, y] } }.filter { code[$0[0] - 4, $0[1] - 4] }
        #expect(drawn == Set(dark))
    }

    @Test func `the PNG holds the picture`() throws {
        let png = PNG.bytes(width: 10, height: 2) { x, y in y == 0 || x == 9 }
        #expect(
            png == [
                0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
                0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 10, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0x49, 0x1A, 0x70, 0x7D,
                0, 0, 0, 17, 0x49, 0x44, 0x41, 0x54, 0x78, 1, 1, 6, 0, 0xF9, 0xFF, 0, 0xFF, 0xC0, 0, 0, 0x40,
                0x08, 0x41, 0x02, 0, 0x32, 0x9E, 0xA7, 0x71,
                0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
            ])
        let code = try QRCode(text: "0123456789ABCDEF").png
        // 290 lines of 37 bytes and a filter, in one stored block.
        #expect(code.count == 8 + 25 + 12 + 2 + 5 + 290 * 38 + 4 + 12)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("~~~?", "fn5+Pw=="),
    ])
    func `base64 is that of RFC 4648`(_ plain: String, _ text: String) {
        #expect(Base64.text(Array(plain.utf8)) == text)
    }

    @Test func `checksums are those of the standards`() {
        #expect(PNG.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(PNG.adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    }
}
