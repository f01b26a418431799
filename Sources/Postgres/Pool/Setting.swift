/// A run-time parameter and what it is until the end of a transaction.
public struct Setting: Sendable, Equatable {
    let parameter: String
    let value: String

    public init(_ parameter: String, _ value: String) { (self.parameter, self.value) = (parameter, value) }

    /// Sets it.
    public var statement: SQL { "select \(fragment: call)" }

    var call: SQL { "set_config(\(parameter), \(value), true)" }
}
