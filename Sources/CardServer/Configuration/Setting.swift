import JSONRPC

/// One setting as `Settings` declares it. What reads, checks, lists and explains settings works from this.
///
/// swift-configuration is not used: it neither refuses an unknown key nor names the nearest one, reports one mistake
/// at a time, and knows no single list from which the example and the reference could be made.
public struct Setting: Sendable, Hashable {
    /// What a setting takes.
    public enum Kind: Sendable, Hashable {
        case boolean
        case integer(ClosedRange<Int>)
        case text
        case words([String])
        /// The path of a file that must be there and readable.
        case file
        /// The path of a file with a secret in it. The secret itself is never a setting.
        case secretFile
    }

    /// Where it stands in the configuration file: the names from the outermost object inwards, `rpc.tls.port`.
    public let key: String
    public let kind: Kind
    /// What holds when nobody sets it, `null` if nothing does or `standardText` tells how it is found.
    public let standard: JSON
    /// How the standard is found, for settings whose standard depends on the machine.
    public let standardText: String?
    /// What it means, in one line.
    public let text: String
    /// Whether SIGHUP reads the file that it names again; all else wants a restart.
    public let isReloadable: Bool

    /// The environment variable that overrides the file: `KSBD_RPC_TLS_PORT` for `rpc.tls.port`.
    public var variable: String {
        var name = "KSBD_"
        for scalar in key.unicodeScalars {
            if scalar == "." {
                name += "_"
            } else if scalar.properties.isUppercase {
                name += "_" + String(scalar)
            } else {
                name += scalar.properties.uppercaseMapping
            }
        }
        return name
    }

    /// What the setting takes, in words.
    var kindText: String {
        switch kind {
        case .boolean: "true or false"
        case .integer(let range): "\(range.lowerBound)–\(range.upperBound)"
        case .text: "text"
        case .words(let words): words.joined(separator: ", ")
        case .file: "path"
        case .secretFile: "path of a secret"
        }
    }
}

/// Where a setting's value came from.
public enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    case standard
    case file(String)
    case variable(String)

    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let path): path
        case .variable(let name): name
        }
    }
}
