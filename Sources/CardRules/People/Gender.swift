/// How a person is registered.
public enum Gender: String, Sendable, CaseIterable {
    case female, male, x
}
