import CardRules
import JSONRPC
import Postgres

enum MailList: Method {
    static let declaration = Declaration(
        "mail.list", .reads, by: [.operator], "Lists the mail that waits to be sent, newest first.")

    struct Params: Parameters {
        let to: EmailAddress?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            to = reader.optional("to", "To this address only; case does not matter.")
            page = PageRequest(from: &reader)
        }
    }

    struct Item: ResultRecord {
        let id: ID<Never>
        let to: EmailAddress
        let subject: String
        let body: String
        let createdAt: Instant

        static let fields: [ResultField<Item>] = [
            .init("id", "The mail.") { $0.id },
            .init("to", "Where it goes.") { $0.to },
            .init("subject", "In the language of whom it is for.") { $0.subject },
            .init("body", "Plain text.") { $0.body },
            .init("createdAt", "When it was written; real time.") { $0.createdAt },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        var list = Listing(
            columns: "id, to_address, subject, body, created_at", tables: "mail", id: "id", isDescending: true)
        if let to = params.to { list.conditions.append("lower(to_address) = \(to.key)") }
        return try list.page(params.page, call.transaction) { row in
            Item(
                id: try row["id"], to: try row["to_address"], subject: try row["subject"], body: try row["body"],
                createdAt: try row["created_at"])
        }
    }
}
