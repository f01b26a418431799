/// Where the daemon's own PostgreSQL is reached: a socket in a folder that only its account and root can enter.
public struct PostgresAddress: Sendable, Hashable {
    /// The database that is made with the cluster.
    public static let database = "ksbd"
    /// The role that the cluster is made with.
    public static let superuser = "postgres"

    public let socketFolder: String

    /// What libpq takes to connect as a role. No password is needed: who can enter the folder is trusted.
    public func conninfo(role: String = superuser, database: String = database) -> String {
        let folder = socketFolder.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "host='\(folder)' port=5432 user=\(role) dbname=\(database)"
    }
}
