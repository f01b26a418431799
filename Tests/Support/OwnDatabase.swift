public import Testing

/// Gives each test a database of its own, a copy of a template, whose connection string is ``conninfo``.
///
///     extension Trait where Self == OwnDatabase {
///         static var ownDatabase: Self { Self(.init("cards") { conninfo in … }) }
///     }
public struct OwnDatabase: SuiteTrait, TestTrait, TestScoping {
    @TaskLocal private static var current: String?

    /// The connection string of the running test's database. There must be one.
    public static var conninfo: String {
        guard let current else { fatalError("the test does not have the trait that gives it a database") }
        return current
    }

    private let template: TestServer.Template
    public let isRecursive = true

    public init(_ template: TestServer.Template) { self.template = template }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await body() }
        // A test that has one already, by its suite, does not wait for another's end while it holds it.
        guard Self.current == nil else { return try await perform(body) }
        await TestServer.shared.enter()
        let result: Result<Void, any Error>
        do { result = .success(try await perform(body)) } catch { result = .failure(error) }
        await TestServer.shared.leave()
        try result.get()
    }

    private func perform(_ body: @concurrent @Sendable () async throws -> Void) async throws {
        let server = TestServer.shared
        let name = try await server.createDatabase(template)
        var failure: (any Error)?
        do {
            try await Self.$current.withValue(server.conninfo(database: name), operation: body)
        } catch {
            failure = error
        }
        try await server.dropDatabase(name)
        if let failure { throw failure }
    }
}

extension Trait where Self == OwnDatabase {
    /// An empty database for each test.
    public static var emptyDatabase: Self { Self(.empty) }
}
