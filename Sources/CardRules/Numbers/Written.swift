/// A value with a written form that is checked before it exists.
public protocol Written: Sendable, Hashable {
    /// Reads the written form and tells what is wrong with it.
    init(checking text: String) throws(Malformed)
}

extension Written {
    /// Reads the written form; `nil` if anything is wrong with it.
    public init?(text: String) {
        guard let value = try? Self(checking: text) else { return nil }
        self = value
    }
}

/// Why a text is not what it should be, as told to a client: a phrase that goes on after "it". Never holds the text.
public struct Malformed: Error, Sendable, Hashable {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}
