import Glibc

/// The account that PostgreSQL runs as: it refuses to run as root, and so should we let it.
struct ServerAccount: Sendable, Hashable {
    let user: uid_t
    let group: gid_t
    /// Whether this process has to give up being root to become it.
    let needsSwitch: Bool

    /// This process' own account.
    static var current: ServerAccount { ServerAccount(user: geteuid(), group: getegid(), needsSwitch: false) }

    /// Chooses the account for a data folder.
    ///
    /// A daemon that is not root runs PostgreSQL as itself. For root it is whoever owns the cluster, else whoever owns
    /// the folder that it will be in, else `postgres`, which comes with the package, else `nobody`.
    static func choose(cluster: String, directory: String) throws(EmbeddedPostgresError) -> ServerAccount {
        let owner = HostFile.status(cluster)?.owner
        guard geteuid() == 0 else {
            if let owner, owner != geteuid() {
                throw .failed(step: cluster, reason: "belongs to another account; run ksbd as that one or as root")
            }
            return current
        }
        if owner == 0 {
            throw .failed(step: cluster, reason: "belongs to root, but PostgreSQL does not run as root; chown it")
        }
        if let owner { return try account(getpwuid(owner), "owner of \(cluster)") }
        if let above = HostFile.status(directory)?.owner, above != 0 {
            return try account(getpwuid(above), "owner of \(directory)")
        }
        return try account(getpwnam("postgres") ?? getpwnam("nobody"), "postgres or nobody")
    }

    private static func account(
        _ entry: UnsafeMutablePointer<passwd>?, _ who: String
    ) throws(EmbeddedPostgresError) -> ServerAccount {
        guard let entry = entry?.pointee else {
            throw .failed(step: "finding an account for PostgreSQL", reason: "there is no account \(who)")
        }
        return ServerAccount(user: entry.pw_uid, group: entry.pw_gid, needsSwitch: true)
    }

    /// A command that runs as this account, with no way back to more rights.
    ///
    /// - Parameter endsWithParent: Whether the system sends the program SIGINT when the thread that started it ends,
    ///   however the daemon dies. `setpriv` asks for that after the switch, which would forget it.
    func command(_ arguments: [String], endsWithParent: Bool = false) -> [String] {
        // env: the account may not be able to enter the daemon's working directory.
        var command = ["/usr/bin/env", "-C", "/", "setpriv", "--no-new-privs"]
        if needsSwitch { command += ["--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--inh-caps=-all"] }
        if endsWithParent { command += ["--pdeathsig", "INT"] }
        return command + ["--"] + arguments
    }
}
