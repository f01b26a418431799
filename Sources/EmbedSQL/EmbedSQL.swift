import Foundation
import PackagePlugin

/// Compiles `sql/*.sql` and `sql/migrations/*.sql` into the target, see `embed-sql`.
@main struct EmbedSQL: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let sql = context.package.directoryURL.appending(path: "sql")
        let files = try [sql, sql.appending(path: "migrations")].flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "sql" && $0.lastPathComponent != "schema.sql" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "SQLFiles.generated.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) SQL files", executable: try context.tool(named: "embed-sql").url,
                arguments: [output.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
        ]
    }
}
