import CardRules
import JSONRPC
import Postgres

/// What a job does with the rows of its file: a declared method for each of them, or something that takes many rows at
/// once, such as an importer. The jobs do the rest: file, columns, checks, preview, outcomes, retries, rights, audit.
///
/// A work that is no method is listed in `JobWorks.others`.
protocol JobWork: Sendable {
    /// As `job.create` and the audit trail name it.
    var name: String { get }
    /// Who may do it; asked anew for each transaction of rows, in the job's card system.
    var access: Access { get }
    /// What a row may hold. A `cardSystemId` among them is the job's own, in no column.
    var parameters: [Schema.Property] { get }
    /// How many rows one transaction takes at most.
    var rowsAtOnce: Int { get }

    /// What is wrong with a row as such; looks at no database.
    func problems(in row: JSONObject) -> [Problem]

    /// Does rows in the transaction of the call, and tells the outcome of each, in their order. It may stop before the
    /// last of them: the others come again. What a row that is not done has changed must be undone, by a savepoint. An
    /// error undoes all rows; they are then done again, fewer at once. For a preview everything is undone afterwards.
    func run(_ rows: [JobRow], in call: JobCall) throws -> [JobOutcome]
}

/// A row of a job's file, as parameters.
struct JobRow: Sendable {
    /// As a spreadsheet counts.
    let number: Int
    let params: JSONObject
}

/// What became of a row.
struct JobOutcome: Sendable {
    /// `done`, `refused` or `failed`.
    let state: JobRowState
    /// Why it was not done, as in the error of a call. Never a personal value.
    var reasons: [JSON] = []
    var objectID: ID<Never>?
    /// What the audit row says; `nil` for none, where one stands for many rows.
    var audit: AuditNote?
}

/// What rows are done in: the transaction, and in whose name.
struct JobCall {
    let transaction: Transaction
    let caller: Caller
    /// Reaches no further than the job's card system.
    let scope: Scope
    let services: Services
    let job: JobID
    let cardSystem: CardSystemID
    let now: Instant
    let realNow: Instant

    /// A call of its own for one row.
    func call() -> Call {
        let call = Call(transaction, caller, scope, services, now: now, realNow: realNow)
        call.audit.cardSystem = cardSystem
        return call
    }
}

/// What jobs can do.
enum JobWorks {
    /// Works that are no methods.
    static let others: [any JobWork] = [CardImport(), PassHolderImport()]

    private static let all: [String: any JobWork] = {
        let methods: [any JobWork] = Registry.all.compactMap(MethodWork.init)
        return Dictionary(uniqueKeysWithValues: (methods + others).map { ($0.name, $0) })
    }()

    static func named(_ name: String) -> (any JobWork)? { all[name] }

    static var names: [String] { all.keys.sorted() }
}

extension JobWork {
    /// What the caller may do of it in a card system; `nil` if nothing.
    func scope(of caller: Caller, in cardSystem: CardSystemID) -> Scope? {
        guard var scope = access.scope(of: caller) else { return nil }
        scope.administered.formIntersection([cardSystem])
        scope.atCounter.formIntersection([cardSystem])
        (scope.municipalities, scope.holder) = ([:], nil)
        return scope.isOperator || !scope.cardSystems.isEmpty ? scope : nil
    }
}
