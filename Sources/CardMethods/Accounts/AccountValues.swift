import CardRules
import JSONRPC
import Postgres

/// A password that somebody chooses: long rather than complicated.
struct NewPassword: ParameterValue {
    let text: String

    static let wrong = Malformed("must have 12 to 128 characters")
    static var schema: Schema { .string(format: "password", pattern: nil, lengths: 12...128) }
    static var placeholder: NewPassword { NewPassword(unchecked: "") }

    private init(unchecked text: String) { self.text = text }

    init(checking text: String) throws(Malformed) {
        guard (12...128).contains(text.unicodeScalars.count) else { throw Self.wrong }
        self.text = text
    }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        do { try self.init(checking: text) } catch { throw Unfit(error.reason) }
    }
}

/// The language that an account's owner reads.
public enum AccountLanguage: String, WordParameter, PostgresValue {
    case nl, fr, en
}

/// A role that is granted to an account. What somebody is at a counter is a membership of it.
enum GrantableRole: String, WordParameter, PostgresValue {
    case `operator`, cardSystemAdministrator, municipalityAdministrator
}
