import CardRules
import Testing

struct INSZTests {
    @Test(arguments: [
        // number | birth date | gender | BIS
        "85.03.17-997.08 | 1985-03-17 | male | no",
        "12.06.04-998.78 | 2012-06-04 | female | no",
        "12.06.04-998.49 | 1912-06-04 | female | no",
        "12.12.08-998.97 | 2012-12-08 | female | no",
        "85.00.00-997.12 | unknown | male | no",
        "85.03.00-997.33 | unknown | male | no",
        "00.00.01-001.66 | unknown | male | no",
        "00.00.01-001.95 | unknown | male | no",
        "85.43.17-997.94 | 1985-03-17 | male | yes",
        "85.23.17-997.51 | 1985-03-17 | unknown | yes",
        "01.49.07-998.58 | 2001-09-07 | female | yes",
    ])
    func `R-034 a number tells birth date and gender where they are known`(row: String) throws {
        let cells = row.cells
        let insz = try INSZ(checking: cells[0])
        #expect(insz.digits == cells[0].filter(\.isNumber))
        #expect(insz.birthDate?.text ?? "unknown" == cells[1])
        #expect(insz.gender?.rawValue ?? "unknown" == cells[2])
        #expect(insz.isBIS == (cells[3] == "yes"))
    }

    @Test(arguments: ["85031799708", "85 03 17 997 08", "85-03-17-997-08", "850317-99708", "85.0317 997-08"])
    func `R-034 separators may stand between the groups`(text: String) throws {
        #expect(try INSZ(checking: text).digits == "85031799708")
    }

    @Test(arguments: [
        ("", INSZ.wrongShape), ("8503179970", INSZ.wrongShape), ("850317997080", INSZ.wrongShape),
        ("85.03.17-99A.08", INSZ.wrongShape), ("8.50317-997.08", INSZ.wrongShape),
        ("85..03.17-997.08", INSZ.wrongShape),
        (".85031799708", INSZ.wrongShape), ("85031799708.", INSZ.wrongShape), ("85/03/17-997.08", INSZ.wrongShape),
        ("85.13.17-997.78", INSZ.wrongMonth), ("85.33.17-997.24", INSZ.wrongMonth),
        ("85.53.17-997.67", INSZ.wrongMonth),
        ("85.63.17-997.40", INSZ.wrongMonth), ("85.93.17-997.40", INSZ.wrongMonth),
        ("85.03.17-000.26", INSZ.wrongSerial), ("85.03.17-999.06", INSZ.wrongSerial),
        ("85.03.17-997.09", INSZ.wrongCheckDigits), ("85.03.17-997.00", INSZ.wrongCheckDigits),
        ("19.80.01-010.03", INSZ.wrongMonth),
        ("85.02.30-997.96", INSZ.wrongDay), ("85.03.32-997.43", INSZ.wrongDay),
    ])
    func `REG-11 R-034 a number that cannot be is refused with the check that failed`(text: String, why: Malformed) {
        #expect(fault(INSZ.self, in: text) == why)
    }

    @Test func `R-034 29 February exists in leap years of the number's century only`() throws {
        // 2000 was a leap year, 1900 was not: the same digits but the check digits.
        let body = 2_000_000_000 + 229_001
        let both = [97 - (body - 2_000_000_000) % 97, 97 - body % 97].map {
            "000229001" + ($0 < 10 ? "0\($0)" : "\($0)")
        }
        #expect(fault(INSZ.self, in: both[0]) == INSZ.wrongDay)
        #expect(try INSZ(checking: both[1]).birthDate == CivilDate(year: 2000, month: 2, day: 29))
    }

    @Test(arguments: [
        // number | birth date | gender | fits
        "85.03.17-997.08 | 1985-03-17 | male | yes",
        "85.03.17-997.08 | 1985-03-17 | female | no",
        "85.03.17-997.08 | 1985-03-17 | x | yes",
        "85.03.17-997.08 | 1985-03-17 | - | yes",
        "85.03.17-997.08 | 1985-03-18 | male | no",
        "85.03.17-997.08 | 1985-04-17 | male | no",
        "85.03.17-997.08 | 1984-03-17 | male | no",
        "12.06.04-998.78 | 2012-06-04 | female | yes",
        "12.06.04-998.78 | 1912-06-04 | female | no",
        "12.06.04-998.49 | 2012-06-04 | female | no",
        "12.06.04-998.49 | 1912-06-04 | female | yes",
        "85.23.17-997.51 | 1985-03-17 | female | yes",
        "85.23.17-997.51 | 1985-03-16 | female | no",
        "85.43.17-997.94 | 1985-03-17 | female | no",
        "85.03.00-997.33 | 1985-03-09 | male | yes",
        "85.00.00-997.12 | 1985-07-09 | male | yes",
        "85.00.00-997.12 | 2085-07-09 | male | no",
        "00.00.01-001.66 | 1971-07-09 | male | yes",
        "00.00.01-001.66 | 2001-07-09 | male | no",
        "00.00.01-001.95 | 2001-07-09 | male | yes",
    ])
    func `R-034 a number fits the person that it can belong to`(row: String) throws {
        let cells = row.cells
        let birthDate = try #require(CivilDate(text: cells[1]))
        let fits = try INSZ(checking: cells[0]).fits(birthDate: birthDate, gender: Gender(rawValue: cells[2]))
        #expect(fits == (cells[3] == "yes"))
    }

    @Test func `A masked number shows the first and last two digits, and nothing prints the others`() throws {
        let insz = try INSZ(checking: "85.03.17-997.08")
        #expect(insz.masked == "85*******08")
        var dumped = ""
        dump([insz], to: &dumped)
        let printed = [
            "\(insz)", String(reflecting: insz), "\([insz])", "\(Identifier.insz(insz))", dumped,
            "\(Result<INSZ, Malformed>.success(insz))",
        ]
        for text in printed { #expect(!text.contains("0317") && !text.contains("99708"), "\(text)") }
    }
}
