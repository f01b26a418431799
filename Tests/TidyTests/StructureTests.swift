import Testing

/// Where things stand.
struct StructureTests {
    @Test func `the top of the repository holds what it should and nothing else`() throws {
        let expected = [
            "Package.swift", "Sources", "Tests", "sql", "deploy", "config.example.json", "README.md", "ARCHITECTURE.md",
            "Makefile", "openrpc.json",
        ]
        let found = try SourceTree.topLevel()
        #expect(found.filter { !$0.hasPrefix(".") }.sorted() == expected.sorted())
        #expect(found.contains(".ci") && found.contains(".swift-format") && found.contains(".gitignore"))
    }

    @Test func `Foundation is not linked: its Unicode data would double the program`() {
        // A plugin runs in the build, and can do with nothing less.
        for (file, parts) in SourceTree.sources where !file.path.hasPrefix("Sources/EmbedSQL/") {
            #expect(!parts.code.contains(/\bimport\s+Foundation\b/), "\(file)")
        }
    }

    @Test(arguments: [
        ("CardRules", ["JSONRPC", "Postgres", "CardSchema", "CardMethods", "CardServer", "Logging"]),
        ("JSONRPC", ["CardRules", "Postgres", "CardSchema", "CardMethods", "CardServer", "NIOCore"]),
        ("Postgres", ["CardRules", "JSONRPC", "CardSchema", "CardMethods", "CardServer", "NIOCore"]),
        ("CardMethods", ["CardServer", "NIOCore", "NIOPosix", "Hummingbird"]),
    ])
    func `imports run one way`(room: String, closed: [String]) {
        for (file, parts) in SourceTree.sources where file.path.hasPrefix("Sources/\(room)/") {
            let imported = parts.code.matches(of: /\bimport\s+(\w+)/).map { String($0.1) }
            #expect(imported.filter(closed.contains) == [], "\(file)")
        }
    }

    @Test func `migrations are numbered upwards, each number once`() {
        let names = SourceTree.files(below: "sql/migrations").map { $0.path.split(separator: "/").last! }
        #expect(names.allSatisfy { $0.wholeMatch(of: /\d{4}_[a-z0-9_]+\.sql/) != nil })
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.prefix(4) < $1.prefix(4) })
    }

    @Test func `each method is in the registry of its area, and each area in the registry`() {
        let files = SourceTree.sources.map { ($0.file.path, $0.parts.code) }
            .filter { $0.0.hasPrefix("Sources/CardMethods/") }
        let registries = files.filter { $0.0.hasSuffix("Registry.swift") }.map(\.1).joined()
        let listed = Set(registries.matches(of: /\b(\w+)\.self\b/).map { String($0.1) })
        var declared: Set<String> = []
        for (path, code) in files {
            for match in code.matches(of: /\b(?:enum|struct)\s+(\w+)\s*:\s*([^{]*)\{/) {
                let parents = match.2.split { !$0.isLetter && !$0.isNumber }
                guard parents.contains(where: { $0.hasSuffix("Method") }) else { continue }
                declared.insert(String(match.1))
                #expect(listed.contains(String(match.1)), "\(path): \(match.1) is in no registry")
            }
        }
        #expect(declared.count > 10)
        let root = files.first { $0.0 == "Sources/CardMethods/Registry.swift" }?.1 ?? ""
        for match in registries.matches(of: /static\s+let\s+(\w+)\s*:\s*\[RegisteredMethod\]/) where match.1 != "all" {
            #expect(root.contains(try! Regex("\\b\(match.1)\\b")), "\(match.1) is not in Registry.all")
        }
    }

    @Test func `each setting is used, not only read`() throws {
        let example = try #require(SourceTree.files.first { $0.path == "config.example.json" })
        // Where settings are declared and compared with each other. One of them is for nothing but that comparison.
        let declarations = ["Settings.swift", "Settings+Limits.swift", "SettingRules.swift", "WireLimits.swift"]
        let ruleOnly = ["allowPlaintext"]
        let users = SourceTree.sources.filter { source in !declarations.contains { source.file.path.hasSuffix($0) } }
            .map(\.parts.code).joined()
        let names = example.text.matches(of: /"(\w+)":\s*[^{\s]/).map { $0.1 }
        #expect(names.count > 30)
        for name in names where !ruleOnly.contains(String(name)) {
            // Simple boundaries: by Unicode's own, `sessions.idleHours` would be one word.
            let word = try Regex("\\b\(name)\\b").wordBoundaryKind(.simple)
            #expect(users.contains(word), "nobody uses \(name)")
        }
    }
}
