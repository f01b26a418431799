import CardRules
import Testing

struct ChipNumberTests {
    @Test(arguments: ["04a1b2c3d4e5f6", "04A1B2C3D4E5F6", "04A1b2C3d4E5f6"])
    func `A chip number is stored in upper case`(text: String) throws {
        #expect(try ChipNumber(checking: text).text == "04A1B2C3D4E5F6")
    }

    @Test(arguments: [
        "", "04A1B2C3D4E5F", "04A1B2C3D4E5F60", "04A1B2C3D4E5FG", "04A1B2C3D4E5F@", "04:1B2C3D4E5F6", "é4A1B2C3D4E5",
    ])
    func `Anything but 14 hexadecimal digits is no chip number`(text: String) {
        #expect(fault(ChipNumber.self, in: text) == ChipNumber.wrong)
    }
}
