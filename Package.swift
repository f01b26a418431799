// swift-tools-version: 6.2
import PackageDescription

// Warnings stop the build only where the compiler's version is fixed, that is in CI (`make test`): a newer compiler's
// new warning must not stop a user's build.
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (Context.environment["KSBD_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "ksbd",
    products: [
        .executable(name: "ksbd", targets: ["ksbd"]),
        .executable(name: "ksb", targets: ["ksb"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/apple/swift-nio-ssl", .upToNextMinor(from: "2.37.6")),
        .package(url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1"), traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "Postgres", dependencies: ["CLibPQ", logging], swiftSettings: strict),
        .target(name: "JSONRPC", swiftSettings: strict),
        .target(name: "CardRules", swiftSettings: strict),
        .plugin(name: "EmbedSQL", capability: .buildTool(), dependencies: ["embed-sql"], path: "Sources/EmbedSQL"),
        .executableTarget(name: "embed-sql", swiftSettings: strict),
        .target(name: "CardSchema", swiftSettings: strict, plugins: ["EmbedSQL"]),
        .target(
            name: "CardMethods",
            dependencies: [
                "CardRules", "CardSchema", "CQRencode", "JSONRPC", "Postgres", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"), logging,
            ], swiftSettings: strict),
        .target(
            name: "CardServer",
            dependencies: [
                "CardMethods", "CSpawn", logging, nio("NIOCore"), nio("NIOPosix"), nio("NIOFoundationCompat"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        .target(
            name: "CardClient",
            dependencies: [
                "JSONRPC", nio("NIOCore"), nio("NIOPosix"), nio("NIOTLS"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "ksbd",
            dependencies: ["CardServer", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict),
        .executableTarget(
            name: "ksb",
            dependencies: [
                "CardClient", "CardMethods", "CardRules", "JSONRPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "ksbd-bench",
            dependencies: [
                "CardMethods", "CardRules", "CardServer", "CEpoll", "JSONRPC", "Postgres", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["CSpawn", "Postgres", logging], path: "Tests/Support",
            swiftSettings: strict),
        .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC"], swiftSettings: strict),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "TestSupport", logging], swiftSettings: strict),
        .testTarget(name: "CardRulesTests", dependencies: ["CardRules"], swiftSettings: strict),
        .testTarget(
            name: "CardMethodsTests",
            dependencies: [
                "CardMethods", "CardRules", "CardSchema", "JSONRPC", "Postgres", "TestSupport", crypto, logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CardServerTests",
            dependencies: [
                "CardClient", "CardMethods", "CardServer", "CSpawn", "JSONRPC", "Postgres", "TestSupport", logging,
                nio("NIOCore"), nio("NIOPosix"), nio("NIOTLS"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CardClientTests",
            dependencies: [
                "CardClient", "JSONRPC", nio("NIOCore"), nio("NIOPosix"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)
