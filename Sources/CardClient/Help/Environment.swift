import Glibc

/// The environment's variables; an empty one counts as not set.
public struct Environment: Sendable {
    private let lookUp: @Sendable (String) -> String?

    /// Those of this process.
    public static let process = Environment { name in getenv(name).map { String(cString: $0) } }

    public init(_ values: [String: String]) { lookUp = { values[$0] } }
    private init(_ lookUp: @escaping @Sendable (String) -> String?) { self.lookUp = lookUp }

    public subscript(name: String) -> String? { lookUp(name).flatMap { $0.isEmpty ? nil : $0 } }
}
