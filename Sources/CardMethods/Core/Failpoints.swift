#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Places at which a test can make the daemon die or stumble for real. Named in `KSBD_FAILPOINT`, such as
/// `beforeCommit:kill`, and only heard where the configuration allows it.
public struct Failpoints: Sendable {
    public enum Place: String, Sendable, CaseIterable {
        case beforeCommit, afterCommit, beforeReply
    }

    public enum Effect: Sendable, Hashable {
        /// The process dies at once, as by `kill -9`.
        case kill
        /// The thread waits so many milliseconds.
        case sleep(milliseconds: Int)
    }

    private let effects: [Place: Effect]

    public static let none = Failpoints(effects: [:])

    public init(effects: [Place: Effect]) { self.effects = effects }

    /// Reads `place:kill` or `place:sleep:250`, several separated by commas; `nil` if one is not understood.
    public init?(text: String) {
        var effects: [Place: Effect] = [:]
        for part in text.split(separator: ",") {
            let words = part.split(separator: ":")
            guard words.count >= 2, let place = Place(rawValue: String(words[0])) else { return nil }
            if words[1] == "kill", words.count == 2 {
                effects[place] = .kill
            } else if words[1] == "sleep", words.count == 3, let milliseconds = Int(words[2]), milliseconds >= 0 {
                effects[place] = .sleep(milliseconds: milliseconds)
            } else {
                return nil
            }
        }
        self.effects = effects
    }

    /// Does what a test asked for at this place.
    public func reach(_ place: Place) {
        switch effects[place] {
        case nil: break
        case .kill: kill(getpid(), SIGKILL)
        case .sleep(let milliseconds): usleep(UInt32(milliseconds) * 1000)
        }
    }
}
