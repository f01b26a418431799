/// What libpq takes to reach a database: a URL, or key words such as `host=db dbname=ksbd`.
struct ConnectionText {
    private let text: String

    init(_ text: String) { self.text = text }

    private var isURL: Bool { text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") }

    /// Whether a password stands in it: between `:` and `@` of a URL, or as a parameter.
    var holdsPassword: Bool {
        if isURL {
            let afterScheme = text.split(separator: "//", maxSplits: 1)[1]
            let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
            if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
        }
        return text.lowercased().contains("password")
    }

    /// The text with a password added, escaped as its form wants it.
    func adding(password: [UInt8]) -> String {
        if isURL {
            let digits = Array("0123456789ABCDEF")
            let escaped = password.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
            return text + (text.contains("?") ? "&" : "?") + "password=" + escaped
        }
        let escaped = String(decoding: password, as: UTF8.self)
            .map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return text + " password='" + escaped + "'"
    }
}

extension Settings.Database {
    /// How to connect as the daemon's role, password included; `nil` if the daemon runs a PostgreSQL of its own.
    public func conninfo() throws(ConfigurationError) -> String? { try Self.conninfo(url, passwordFile) }

    /// How to connect as the owner of the schema; `nil` if that is not configured.
    public func ownerConninfo() throws(ConfigurationError) -> String? { try Self.conninfo(ownerUrl, ownerPasswordFile) }

    private static func conninfo(_ url: String?, _ file: SecretFile?) throws(ConfigurationError) -> String? {
        guard let url, let file else { return url }
        return ConnectionText(url).adding(password: try file.read())
    }
}
