import CardRules
import JSONRPC
import Postgres

/// A kind of work whose calls are run together with those of strangers, on the statements of one transaction.
///
/// A batch makes a value of it, which goes from facts to writes: `reads` and `take`, `decide` for each call in its
/// turn, `writes`. Answers under a key, the same key twice, audit rows, and what happens when something fails are the
/// batch's.
///
/// So that no two batches wait for each other in a circle, all kinds lock in one order, each table by id: accounts of
/// the ledger, group passes, coupons, advantages, others. Facts are read by a statement after the locks, which sees
/// what was committed while it waited.
protocol BatchWork: SendableMetatype {
    associatedtype Request: Sendable

    /// The lane of its calls, and what its connections are called in the database.
    static var name: String { get }
    /// What only reads has no keys and no audit rows, and takes one round trip.
    static var onlyReads: Bool { get }
    /// Whether cards and people of all card systems are seen, as passes are used everywhere.
    static var looksEverywhere: Bool { get }

    init(_ calls: [BatchCall<Request>], _ services: Services, now: Instant)

    /// What locks and reads, for all calls at once.
    var reads: [SQL] { get }
    /// Takes what the statements of `reads` answered, in their order.
    mutating func take(_ results: ArraySlice<Rows>) throws
    /// Whether what memory told about a call is still so.
    func isMemoryCurrent(for index: Int) -> Bool
    /// Decides a call; what an earlier one of the batch did is to be seen by a later one.
    mutating func decide(_ index: Int) -> BatchOutcome
    /// What was decided, to be written; nothing where nothing was done.
    var writes: [SQL] { get }
    /// Brings memory up to date for calls that found it older than the database.
    static func refresh(for calls: [BatchCall<Request>], _ services: Services) async throws
}

extension BatchWork {
    static var onlyReads: Bool { false }
    static var looksEverywhere: Bool { false }
    var writes: [SQL] { [] }

    func isMemoryCurrent(for index: Int) -> Bool { true }

    static func refresh(for calls: [BatchCall<Request>], _ services: Services) async throws {
        try await services.directory.reload()
    }
}

/// What came of one call of a batch.
enum BatchOutcome {
    /// Done and to be written, with the result's JSON text.
    case done([UInt8], BatchTrace)
    /// Nothing was to be written: the answer of a work that only reads.
    case answered([UInt8])
    case refused(Refusal)
    /// A mistake of the caller, or a right that he lacks: it is not kept under its key.
    case failed(RPCError)
}

/// What the audit row of a call that was done tells.
struct BatchTrace {
    let objectID: ID<Never>?
    let details: String
    /// The trails that get the row; `nil` for that of the card system in which the call was made.
    let chains: [CardSystemID]?

    init(_ objectID: ID<Never>?, details: String = "{}") {
        (self.objectID, self.details, chains) = (objectID, details, nil)
    }

    init(_ note: AuditNote) {
        (objectID, details, chains) = (note.objectID, note.details, note.chains(of: "done"))
    }
}

/// One call on its way through a batch.
struct BatchCall<Request: Sendable>: Sendable {
    let ticket: BatchTicket
    /// The card system in which the caller does this; the nil id where a pass holder has none.
    let cardSystem: CardSystemID
    /// Other card systems that the call may see.
    var others: Set<CardSystemID> = []
    let request: Request

    var cardSystems: Set<CardSystemID> { others.union([cardSystem]) }
}

/// Who called what, under which key, and who waits for the answer.
struct BatchTicket: Sendable {
    let method: String
    let caller: Caller
    /// `nil` for what only reads.
    let key: IdempotencyKey?
    /// `nil` for what only reads.
    let paramsHash: ParamsHash?
    /// Whether the answer holds a secret and is kept encrypted.
    var answersSecret = false
    let completion: @Sendable (Result<[UInt8], any Error>) -> Void
}

extension BatchTicket {
    init(
        _ invocation: Invocation, _ completion: @escaping @Sendable (Result<[UInt8], any Error>) -> Void
    ) throws {
        let declaration = invocation.declaration
        let writes = declaration.effect == .writes
        self.init(
            method: declaration.name, caller: invocation.caller, key: writes ? try invocation.idempotencyKey() : nil,
            paramsHash: writes ? invocation.paramsHash() : nil, answersSecret: declaration.answersSecret,
            completion: completion)
    }
}
