import Glibc

/// The folder with the programs of one PostgreSQL version.
struct PostgresPrograms: Sendable, Hashable {
    /// The first version with all that the schema uses: views that run with their caller's rights.
    static let oldestVersion = 15

    let folder: String
    let version: Int

    var initdb: String { folder + "/initdb" }
    var postgres: String { folder + "/postgres" }

    /// The programs to use.
    ///
    /// - Parameters:
    ///   - version: The version that made the data; `nil` for data still to be made, for which the newest serves.
    ///   - path: The folders to look in after Debian's, separated by colons.
    static func find(
        version: Int?, path: String, debian: String = "/usr/lib/postgresql"
    ) throws(EmbeddedPostgresError) -> PostgresPrograms {
        let installed = candidates(path: path, debian: debian)
        if let version {
            if let found = installed.first(where: { $0.version == version }) { return found }
            throw .noPrograms(
                "the data was made by PostgreSQL \(version), which is not installed: install postgresql-\(version), or "
                    + "move the data to a newer version with pg_upgrade")
        }
        if let newest = installed.max(by: { $0.version < $1.version }), newest.version >= oldestVersion {
            return newest
        }
        throw .noPrograms(
            "PostgreSQL \(oldestVersion) or later is not installed: `apt-get install postgresql`, or set database.url")
    }

    /// All that is installed. Debian keeps a folder per version; elsewhere `postgres` itself has to be asked.
    private static func candidates(path: String, debian: String) -> [PostgresPrograms] {
        var found = HostFile.entries(of: debian).compactMap { name in
            Int(name).map { PostgresPrograms(folder: "\(debian)/\(name)/bin", version: $0) }
        }.filter { access($0.initdb, X_OK) == 0 }
        for folder in path.split(separator: ":").map(String.init) where access(folder + "/initdb", X_OK) == 0 {
            guard let answer = try? ChildProcess.run([folder + "/postgres", "--version"]), answer.isSuccess,
                let word = answer.output.split(separator: " ").dropFirst(2).first,
                let version = Int(word.prefix { $0.isNumber })
            else { continue }
            found.append(PostgresPrograms(folder: folder, version: version))
        }
        return found
    }
}
