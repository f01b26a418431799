import CardRules
import JSONRPC
import Logging
import Postgres

extension Parameters {
    /// What is wrong with a row of a file.
    static func problems(in row: JSONObject) -> [Problem] {
        do throws(InvalidParameters) {
            _ = try read(row)
            return []
        } catch {
            return error.problems
        }
    }
}

/// How a method is run for a row of a file.
struct BulkForm: Sendable {
    let problems: @Sendable (JSONObject) -> [Problem]
    let run: @Sendable (JSONObject, Call) throws -> Void

    init<M: Method>(_ method: M.Type) {
        problems = M.Params.problems
        run = { row, call in _ = try M.run(M.Params.read(row), in: call) }
    }
}

/// Runs a declared method for each row, as if it were called: with the same rules, refusals and audit rows.
struct MethodWork: JobWork {
    private let method: RegisteredMethod
    private let form: BulkForm

    /// For how long rows are begun in one transaction, so that others wait shortly for what it locks.
    private static let patience: Duration = .milliseconds(250)

    /// `nil` for a method that is not declared to be done in bulk.
    init?(_ method: RegisteredMethod) {
        guard let form = method.bulk else { return nil }
        (self.method, self.form) = (method, form)
    }

    var name: String { method.name }
    var access: Access { method.declared.access }
    var parameters: [Schema.Property] { method.declaration.parameters }
    var rowsAtOnce: Int { 100 }

    func problems(in row: JSONObject) -> [Problem] { form.problems(row) }

    func run(_ rows: [JobRow], in call: JobCall) throws -> [JobOutcome] {
        let end = ContinuousClock.now + Self.patience
        var outcomes: [JobOutcome] = []
        for row in rows {
            outcomes.append(try run(row, in: call))
            if ContinuousClock.now > end { break }
        }
        return outcomes
    }

    private func run(_ row: JobRow, in call: JobCall) throws -> JobOutcome {
        let single = call.call()
        func refused(_ error: RPCError) -> JobOutcome {
            var audit = call.call().audit
            audit.reads = single.audit.reads
            return JobOutcome(refused: error, audit: audit)
        }
        do {
            try call.transaction.savepoint { try form.run(row.params, single) }
            return JobOutcome(state: .done, objectID: single.audit.objectID, audit: single.audit)
        } catch let refusal as Refusal {
            return refused(RPCError(refusal))
        } catch let error as RPCError {
            return refused(error)
        } catch let invalid as InvalidParameters {
            let faults = invalid.problems.map { problem -> JSON in
                ["pointer": .string(problem.pointer), "reason": .string(problem.reason)]
            }
            return JobOutcome(state: .refused, reasons: faults, audit: call.call().audit)
        } catch let error as PostgresError {
            if error.isRetryable || error.isUnavailable || error.isCancelled { throw error }
            guard let refusal = ConstraintRefusals.refusal(for: error) else { return failed(error, call) }
            return refused(RPCError(refusal))
        } catch {
            return failed(error, call)
        }
    }

    private func failed(_ error: any Error, _ call: JobCall) -> JobOutcome {
        let reference = ID<Never>(at: call.realNow).text
        call.services.logger.error(
            "unexpected error in a job",
            metadata: ["method": "\(name)", "reference": "\(reference)", "error": "\(error)"])
        return JobOutcome(state: .failed, reasons: [["kind": "server.internalError", "reference": .string(reference)]])
    }
}

extension JobOutcome {
    /// A row that the rules, or its values, are against.
    init(refused error: RPCError, audit: AuditNote) {
        let reasons = error.data?["reasons"]?.array ?? error.data.map { [$0] } ?? []
        self.init(state: .refused, reasons: reasons.map(\.withoutMessage), audit: audit)
    }
}

extension JSON {
    /// A reason as it is kept: its texts are told anew by its kind.
    fileprivate var withoutMessage: JSON {
        guard case .object(let object) = self else { return self }
        return .object(JSONObject(object.members.filter { $0.name != "message" }))
    }
}
