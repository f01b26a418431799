import Testing

extension Tag {
    /// Takes seconds, and the machine for itself.
    @Tag static var slow: Self
}
