import Glibc

/// What standards of settings depend on: the machine and the account that the daemon runs as.
struct SettingHost {
    var environment: [String: String]
    var isRoot: Bool
    var cores: Int
    var workingDirectory: String

    /// This process and its machine.
    init(environment: [String: String]) {
        self.environment = environment
        isRoot = geteuid() == 0
        cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        workingDirectory = getcwd(&buffer, buffer.count).map { String(cString: $0) } ?? "/"
    }

    /// Where data goes if nobody says: systemd's choice, else the usual place of a system's or a person's service.
    var dataDirectory: String? {
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let first = named("STATE_DIRECTORY")?.split(separator: ":").first { return String(first) }
        if isRoot { return "/var/lib/ksbd" }
        if let state = named("XDG_STATE_HOME") { return state + "/ksbd" }
        return named("HOME").map { $0 + "/.local/state/ksbd" }
    }

    /// The path with the working directory before it, if it does not begin at the root.
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : workingDirectory + "/" + path }
}

extension SettingHost {
    /// The environment of this process.
    static func processEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        var at = environ
        while let entry = at.pointee {
            let text = String(cString: entry)
            if let split = text.firstIndex(of: "=") {
                result[String(text[..<split])] = String(text[text.index(after: split)...])
            }
            at += 1
        }
        return result
    }
}
