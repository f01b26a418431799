import Glibc

/// The files of the daemon's own PostgreSQL: `data` and `socket` in the folder `postgres` of the data directory.
///
/// The folder belongs to the account that PostgreSQL runs as and nobody else may enter it, which is why whoever reaches
/// the socket is trusted without a password: that account, and root. Whatever happens inside is done by programs that
/// run as that account, never by root's own hand.
struct PostgresCluster: Sendable {
    let folder: String
    let account: ServerAccount
    let programs: PostgresPrograms

    var data: String { folder + "/data" }

    /// Finds or makes the cluster of a data directory. Blocks for seconds at the first time.
    ///
    /// - Parameter directory: `data.directory`, locked by the caller.
    static func open(_ directory: String) throws(EmbeddedPostgresError) -> PostgresCluster {
        let folder = directory + "/postgres"
        let account = try ServerAccount.choose(cluster: folder, directory: directory)
        guard try ChildProcess.run(account.command(["test", "-x", directory])).isSuccess else {
            throw .failed(
                step: directory,
                reason: "cannot be entered by the account \(account.user) that PostgreSQL runs as; "
                    + "choose a data.directory below folders that everybody may enter")
        }
        let version = (try? HostFile.read(folder + "/data/PG_VERSION", limit: 64).bytes)
            .flatMap { Int(String(decoding: $0, as: UTF8.self).prefix { $0.isNumber }) }
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let programs = try PostgresPrograms.find(version: version, path: path)
        let cluster = PostgresCluster(folder: folder, account: account, programs: programs)
        if version == nil { try cluster.create() }
        return cluster
    }

    /// The command that runs the server.
    func serverCommand(overriding parameters: [String: String]) throws(EmbeddedPostgresError) -> [String] {
        let lz4 = [programs.postgres, "-D", data, "-c", "wal_compression=lz4", "-C", "wal_compression"]
        let hasLZ4 = try ChildProcess.run(account.command(lz4)).isSuccess
        let tuning = PostgresTuning(memory: PostgresTuning.machineMemory, hasLZ4: hasLZ4)
        let all = tuning.parameters(socketFolder: socketFolder).merging(parameters) { $1 }
        let options = all.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        return account.command([programs.postgres, "-D", data] + options, endsWithParent: true)
    }

    /// The folder of the socket, whose path has to fit in the 107 bytes of a socket's name; one that does not is
    /// replaced by one below /tmp.
    var socketFolder: String {
        let near = folder + "/socket"
        if near.utf8.count + "/.s.PGSQL.5432.lock".utf8.count <= 107 { return near }
        // FNV-1a: the same folder for the same cluster, so that no start leaves one behind.
        let hash = near.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "/tmp/ksbd-\(account.user)-" + String(hash, radix: 36)
    }

    /// Makes the folder of the socket, or checks that nobody else made it: below /tmp anybody can.
    func makeSocketFolder() throws(EmbeddedPostgresError) {
        try makeFolder(socketFolder)
        let status = HostFile.status(socketFolder)
        guard let status, status.isDirectory, status.owner == account.user, status.mode & 0o077 == 0 else {
            throw .failed(step: socketFolder, reason: "is not a folder that only PostgreSQL's account may enter")
        }
    }

    /// Runs a program as the cluster's account.
    @discardableResult
    func run(_ arguments: [String], input: String = "") throws(EmbeddedPostgresError) -> String {
        let answer = try ChildProcess.run(account.command(arguments), input: input)
        guard answer.isSuccess else { throw .failed(step: arguments[0], reason: answer.output) }
        return answer.output
    }

    /// Made beside its place and moved there when it is whole, so that a start that was cut off leaves nothing to mend.
    private func create() throws(EmbeddedPostgresError) {
        try makeFolder(folder)
        let unfinished = data + ".new"
        try run(["rm", "-rf", unfinished])
        // Text is ordered by its bytes, which no update of the system's locales can change under an index; upper and
        // lower case are those of Unicode.
        try run([
            programs.initdb, "-D", unfinished, "--username=\(PostgresAddress.superuser)", "--auth-local=trust",
            "--auth-host=reject", "--data-checksums", "--encoding=UTF8", "--locale-provider=libc", "--lc-collate=C",
            "--lc-ctype=C.UTF-8", "--lc-messages=C", "--lc-monetary=C", "--lc-numeric=C", "--lc-time=C",
            "--no-instructions",
        ])
        try run(
            [programs.postgres, "--single", "-D", unfinished, "template1"],
            input: "create database \(PostgresAddress.database)\n")
        try run(["mv", "-T", unfinished, data])
        try run(["sync", folder])
    }

    /// Makes a folder of the cluster's account, if there is none. In a folder of root's only root can.
    private func makeFolder(_ path: String) throws(EmbeddedPostgresError) {
        if HostFile.status(path) != nil { return }
        let above = String(path[..<path.lastIndex(of: "/")!])
        guard account.needsSwitch, HostFile.status(above)?.owner == 0 else {
            try run(["mkdir", "-m", "700", path])
            return
        }
        guard mkdir(path, 0o700) == 0, lchown(path, account.user, account.group) == 0 else {
            throw .failed(step: path, reason: HostFile.errorText())
        }
    }
}
