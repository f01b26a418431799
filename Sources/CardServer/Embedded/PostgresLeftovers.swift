import Glibc

/// What a daemon that was killed may have left behind. Called with the data directory locked, so whatever runs on the
/// data has lost its daemon.
extension PostgresCluster {
    /// What `postmaster.pid` says.
    struct PidFile {
        let process: pid_t
        let socketFolder: String
        let isReady: Bool
    }

    /// Reads `postmaster.pid` of a cluster: process in line 1, folder of the socket in line 5, state in line 8.
    static func pidFile(in data: String) -> PidFile? {
        guard let bytes = try? HostFile.read(data + "/postmaster.pid", limit: 4096).bytes else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 4, let process = pid_t(lines[0]) else { return nil }
        return PidFile(
            process: process, socketFolder: String(lines[4]), isReady: lines.count > 7 && lines[7].hasPrefix("ready"))
    }

    /// Stops a server that outlived its daemon, and removes its lock files.
    ///
    /// It is stopped rather than adopted: it may run with other parameters than we want, and would not end with us.
    /// PostgreSQL would not clear its lock files by itself if the process id in it is in use again by somebody else, as
    /// happens in containers, where ids begin anew. It also guards with that file against single processes of the old
    /// server still at work on the data, so the file may go only when no such process is left.
    func clearLeftovers() throws(EmbeddedPostgresError) {
        let found = Self.pidFile(in: data)
        var patience = [(SIGINT, 60), (SIGQUIT, 10), (SIGKILL, 5)][...]
        while let (signal, seconds) = patience.popFirst() {
            let processes = processesOnData()
            if processes.isEmpty { break }
            // The first process asked in good manners is the server itself, which tells its own.
            let server = processes.filter { $0 == found?.process }
            for process in signal == SIGKILL || server.isEmpty ? processes : server {
                kill(process, server.isEmpty && signal == SIGINT ? SIGQUIT : signal)
            }
            waitForEnd(seconds: seconds)
        }
        if let process = processesOnData().first {
            throw .failed(step: data, reason: "process \(process) of an earlier server does not end")
        }
        let socket = socketFolder + "/.s.PGSQL.5432"
        try run(["rm", "-f", data + "/postmaster.pid", socket, socket + ".lock"])
    }

    /// The processes whose working directory is the data folder: the server and all of its own.
    func processesOnData() -> [pid_t] {
        guard let real = Glibc.realpath(data, nil) else { return [] }
        defer { free(real) }
        let folder = String(cString: real)
        return HostFile.entries(of: "/proc").compactMap(pid_t.init).filter { process in
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = buffer.withUnsafeMutableBytes { bytes in
                readlink("/proc/\(process)/cwd", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            return count > 0 && String(decoding: buffer[..<count], as: UTF8.self) == folder
        }
    }

    private func waitForEnd(seconds: Int) {
        for _ in 0..<seconds * 50 where !processesOnData().isEmpty { usleep(20_000) }
    }
}
