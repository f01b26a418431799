import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// In which words a file's maker hears what is wrong with its rows.
@Suite(.scene) struct JobFaultTests {
    private static let cells = [
        "x", "12", "-1", "99999999999", "3.5", "2030-02-30", "abc@", "0900000000000", "0900000000024",
        String(repeating: "9", count: 11), "85031799709", "12345678901234", "a\u{1}b", "a\nb", "femal",
        String(repeating: "y", count: 5000), "https://", "+++090/9337/55493+++", "BE00", "0471", "+320471",
    ]

    /// A value of each kind for a parameter, in objects as deep as it is.
    private static func values(_ schema: Schema) -> [JSON] {
        switch schema {
        case .named(_, let schema): values(schema)
        case .object(let properties):
            properties.flatMap { property in
                values(property.schema).map { .object(JSONObject([.init(name: property.name, value: $0)])) }
            }
        default: cells.compactMap { CellValue.json($0, schema) }
        }
    }

    @Test func `whatever is wrong with a row of any work is told in Dutch and French`() {
        let works: [any JobWork] = Registry.all.compactMap(MethodWork.init) + JobWorks.others
        var reasons: Set<String> = []
        for work in works {
            reasons.formUnion(work.problems(in: JSONObject([])).map(\.reason))
            for parameter in work.parameters {
                for value in Self.values(parameter.schema) + ["nothing"] {
                    let row = JSONObject([.init(name: parameter.name, value: value)])
                    reasons.formUnion(work.problems(in: row).map(\.reason))
                }
            }
        }
        let english = reasons.filter {
            let told = FaultText.translated($0)
            return told.nl == told.en || told.fr == told.en
        }
        #expect(english.sorted() == [])
        #expect(reasons.count > 30, "\(reasons.count)")
    }

    @Test func `what only a call could find wrong with its parameters is told of the row`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let file =
                "name;firstName;dateOfBirth;cardType;address.postalCode;address.city\nP;A;1990-01-01;digital;9900;E\n"
            let id = try await scene.started(
                administrator, "passHolder.register", file,
                sharing: ["legalTermsPaper": true])
            try await scene.work()
            #expect(try await scene.rows(administrator, id) == ["2 refused row.invalid"])
            let text = try await scene.ok(administrator, "job.outcome", ["jobId": id])["text"]!.string!
            #expect(text.contains("ontbreekt: een beheerder noemt de balie, of kiest er een"))
        }
    }

    @Test func `a file's outcome tells faults of rows in the reader's language`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.started(clerk, "card.block", "cardNumber;reason\n12;lost\n;\n")
            try await scene.work()
            func reasons(_ language: String) async throws -> [String] {
                let text = try await scene.ok(clerk, "job.outcome", ["jobId": id, "language": .string(language)])
                return text["text"]!.string!.split(separator: "\r\n").dropFirst().map {
                    String($0.split(separator: ";", omittingEmptySubsequences: false).last!)
                }
            }
            let number = "(1): moet een kaartnummer van 13 cijfers zijn"
            #expect(try await reasons("nl").first == "De rij klopt niet \(number)")
            let french = try #require(try await reasons("fr").first)
            #expect(french == "La ligne n'est pas correcte (1) : doit être un numéro de carte de 13 chiffres")
            #expect(try await reasons("en").first?.hasSuffix(": must be a card number of 13 digits") == true)
        }
    }
}
