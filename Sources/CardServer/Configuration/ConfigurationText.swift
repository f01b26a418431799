import JSONRPC

extension Configuration {
    /// What `ksbd check-config` prints: each setting, its value and where that came from, in columns. Secrets stand
    /// in files of their own, so that only their paths can be seen here.
    public var text: String {
        let rows = entries.map { entry in
            let path = entry.setting.kind == .secretFile && entry.value != .null ? " (not shown)" : ""
            return [entry.setting.key, Self.shown(entry.value) + path, entry.source.description]
        }
        return Self.columns([["setting", "value", "from"]] + rows)
    }

    /// What `config.example.json` holds: every setting with its standard value.
    public static var example: String {
        nested(declared.map { ($0.key.split(separator: ".")[...], $0.standard) }).pretty
    }

    /// Values under paths as objects within one another. What shares a name stands together.
    private static func nested(_ rows: [(path: ArraySlice<Substring>, value: JSON)]) -> JSON {
        var members: [JSONObject.Member] = []
        var rest = rows[...]
        while let first = rest.first, let name = first.path.first {
            let group = rest.prefix { $0.path.first == name }
            rest = rest.dropFirst(group.count)
            let value = first.path.count == 1 ? first.value : nested(group.map { ($0.path.dropFirst(), $0.value) })
            members.append(.init(name: String(name), value: value))
        }
        return .object(JSONObject(members))
    }

    /// What deploy/settings.md holds: every setting explained, as a Markdown table.
    public static var reference: String {
        var text = """
            # Settings

            Read from the file given by `--config`, where `rpc.port` stands as `{"rpc": {"port": 7420}}`; a variable of
            the environment wins over the file: `rpc.tls.port` is `KSBD_RPC_TLS_PORT`. `null` in the file and an empty
            variable leave a setting at its default. Unknown names are refused. Secrets stand in files of their own that
            others must not be able to read. `ksbd check-config` shows what holds and where it came from.
            Files marked ↻ are read again at SIGHUP; all else wants a restart.

            | Setting | Takes | Default | Meaning |
            |---|---|---|---|

            """
        for setting in declared {
            let standard = setting.standardText ?? (setting.standard == .null ? "–" : shown(setting.standard))
            let mark = setting.isReloadable ? " ↻" : ""
            text += "| `\(setting.key)`\(mark) | \(setting.kindText) | \(standard) | \(setting.text) |\n"
        }
        return text
    }

    private static func shown(_ value: JSON) -> String {
        switch value {
        case .null: "–"
        case .string(let text): text
        default: value.text
        }
    }

    private static func columns(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
