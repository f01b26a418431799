import CardRules
import JSONRPC
import Postgres

enum PassLookUp: PreparedMethod {
    typealias Result = PassView

    static let declaration = Declaration(
        "pass.lookUp", .reads, by: .staff(.passRead),
        "Looks one pass up by what is typed, scanned or read (NUM-01 to NUM-09, R-005).",
        details: "A card is found in every card system, as points are saved and spent everywhere; an INSZ and a login "
            + "in own ones. Look-ups by INSZ are written down, and whom they found can be told so; of one source 20 a "
            + "minute and 20 misses an hour are let in (GEN-05).",
        refusals: [.cardNotFound, .passHolderNotFound, .cardBlocked, .cardNotActive, .passHolderBlocked])

    struct Params: Parameters {
        let key: Key
        let pointer: String

        enum Key: Sendable {
            case identifier(Identifier)
            case login(EmailAddress)
        }

        init(from reader: inout ParameterReader) {
            let identifier: Identifier? = reader.optional(
                "identifier", "A card number, chip number or INSZ: its length tells which. Or give one of the others.")
            let number: CardNumber? = reader.optional("cardNumber", "The 13 digits on the card.")
            let chip: ChipNumber? = reader.optional("chipNumber", "What its chip tells a reader.")
            let insz: INSZ? = reader.optional("insz", "The national register number.")
            let login: EmailAddress? = reader.optional("login", "The e-mail address that the person logs in with.")
            let given = [
                identifier.map { ("/identifier", .identifier($0)) },
                number.map { ("/cardNumber", .identifier(.cardNumber($0))) },
                chip.map { ("/chipNumber", .identifier(.chipNumber($0))) },
                insz.map { ("/insz", .identifier(.insz($0))) }, login.map { ("/login", .login($0)) },
            ].compactMap { $0 as (String, Key)? }
            if given.count != 1, reader.problems.isEmpty {
                reader.refuse("identifier", "give exactly one of identifier, cardNumber, chipNumber, insz and login")
            }
            (pointer, key) = given.first ?? ("/identifier", .identifier(.placeholder))
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let pointer = params.pointer
        return switch params.key {
        case .identifier(.cardNumber(let number)):
            try await prelude.perform { try $0.pass(where: "c.number = \(number)", by: .cardNumber, pointer: pointer) }
        case .identifier(.chipNumber(let chip)):
            try await prelude.perform {
                try $0.pass(where: "c.chip_number = \(chip)", by: .chipNumber, pointer: pointer)
            }
        case .identifier(.insz(let insz)): try await lookUp(insz, pointer: pointer, prelude)
        case .login(let email): try await prelude.perform { try $0.pass(ofLogin: email, pointer: pointer) }
        }
    }

    private static func lookUp(_ insz: INSZ, pointer: String, _ prelude: Prelude) async throws -> Answer {
        try await prelude.lookUp(insz) { call in
            let holder = try call.ownHolder(of: insz, pointer: pointer)
            try call.writeRead(.lookUp, of: holder)
            return try call.pass(of: holder, by: .insz, pointer: pointer)
        }
    }
}

extension Call {
    fileprivate func ownHolder(of insz: INSZ, pointer: String) throws -> PassHolderID {
        guard let holder = try holder(of: insz),
            try transaction.first("select where \(fragment: isOwn(holder: "\(holder)"))") != nil
        else { throw Refusal(.passHolderNotFound, at: pointer) }
        return holder
    }

    /// The pass of the person whose login an account is.
    fileprivate func pass(ofLogin email: EmailAddress, pointer: String) throws -> PassView {
        let row = try transaction.first(
            """
            select coalesce(h.merged_into, h.id)
            from account a join holder_login l on l.account_id = a.id join pass_holder h on h.id = l.holder_id
            where a.email_key = \(email.key)
            """)
        guard let row else { throw Refusal(.passHolderNotFound, at: pointer) }
        return try pass(of: try row[0], by: .login, pointer: pointer)
    }
}
