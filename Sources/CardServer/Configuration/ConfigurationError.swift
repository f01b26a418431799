/// All that is wrong with a configuration. Values are never repeated: somebody may have put a secret there.
public struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// One mistake.
    public struct Problem: Sendable, Hashable {
        /// The setting, or what was written where a setting's name belongs; empty for the file as a whole.
        public let key: String
        public let source: SettingSource
        /// What would be right, such as `must lie between 0 and 65535`.
        public let reason: String

        var text: String {
            key.isEmpty || source == .variable(key) ? "\(source): \(reason)" : "\(key) (\(source)): \(reason)"
        }
    }

    /// What a program that cannot start with its configuration exits with: `EX_CONFIG` of sysexits.h.
    public static let exitCode: Int32 = 78

    public let problems: [Problem]

    public var description: String { problems.map(\.text).joined(separator: "\n") }
}
