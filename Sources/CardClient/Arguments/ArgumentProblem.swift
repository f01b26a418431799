/// Why what was typed makes no call, in words for who typed it.
public struct ArgumentProblem: Error, Hashable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
