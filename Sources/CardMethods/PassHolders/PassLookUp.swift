import CardRules
import JSONRPC
import Postgres

enum PassLookUp: PreparedMethod {
    typealias Result = PassView

    static let declaration = Declaration(
        "pass.lookUp", .reads, by: .staff(.passRead),
        "Looks one pass up by what is typed, scanned or read (NUM-01 to NUM-08, R-005).",
        details: "A card is found in every card system, as points are saved and spent everywhere; an INSZ in own ones. "
            + "Look-ups by INSZ are written down; of one source 20 a minute and 20 misses an hour are let in (GEN-05).",
        refusals: [.cardNotFound, .passHolderNotFound, .cardBlocked, .cardNotActive, .passHolderBlocked])

    struct Params: Parameters {
        let key: Identifier
        let pointer: String

        init(from reader: inout ParameterReader) {
            let identifier: Identifier? = reader.optional(
                "identifier", "A card number, chip number or INSZ: its length tells which. Or give one of the others.")
            let number: CardNumber? = reader.optional("cardNumber", "The 13 digits on the card.")
            let chip: ChipNumber? = reader.optional("chipNumber", "What its chip tells a reader.")
            let insz: INSZ? = reader.optional("insz", "The national register number.")
            let given = [
                identifier.map { ("/identifier", $0) }, number.map { ("/cardNumber", .cardNumber($0)) },
                chip.map { ("/chipNumber", .chipNumber($0)) }, insz.map { ("/insz", .insz($0)) },
            ].compactMap { $0 as (String, Identifier)? }
            if given.count != 1, reader.problems.isEmpty {
                reader.refuse("identifier", "give exactly one of identifier, cardNumber, chipNumber and insz")
            }
            (pointer, key) = given.first ?? ("/identifier", .placeholder)
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        switch params.key {
        case .cardNumber(let number):
            return try await prelude.perform { try $0.pass(where: "c.number = \(number)", pointer: params.pointer) }
        case .chipNumber(let chip):
            return try await prelude.perform { try $0.pass(where: "c.chip_number = \(chip)", pointer: params.pointer) }
        case .insz(let insz):
            return try await prelude.lookUp(insz, method: declaration.name) {
                try $0.pass(of: insz, pointer: params.pointer)
            }
        }
    }
}

extension Call {
    /// The pass of a person by INSZ, in own card systems only.
    fileprivate func pass(of insz: INSZ, pointer: String) throws -> PassView {
        let row = try transaction.first(
            """
            select h.id from pass_holder h
            where h.insz_index = \(services.keys.index(of: insz)) and \(fragment: isOwn(holder: "h.id"))
            """)
        guard let row else { throw Refusal(.passHolderNotFound, at: pointer) }
        let memberships = try memberships(of: try row["id"])
        // Without a card that can be used, one that cannot tells why.
        guard let number = memberships.headlineNumber ?? memberships.compactMap(\.card).first?.number else {
            throw Refusal(.cardNotFound, at: pointer)
        }
        return try pass(where: "c.number = \(number)", pointer: pointer)
    }
}
