internal import CLibPQ

/// What a pipeline came to.
struct PipelineOutcome {
    /// The results of the statements that succeeded: all of them, or those before the failure.
    var results: [ResultSet] = []
    /// The first failure; what came after it was not run.
    var error: PostgresError?

    /// Whether one of the statements ended a transaction for good.
    var hasCommitted: Bool { results.contains { $0.tag == "COMMIT" } }
}

extension Connection {
    /// One thing that the server was told in the pipeline under way.
    enum Step {
        case deallocate
        case endOfDeallocations
        case prepare(StatementCache.Key)
        case execute(Int)
    }

    /// Runs statements in one round trip and gives the rows of each. They see each other's effects; unless they begin
    /// a transaction themselves, or one is open, they are one. The first failure is thrown, and undoes that
    /// transaction.
    @discardableResult
    public func run(
        _ statements: [SQL], file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> [Rows] {
        let outcome = attempt(statements)
        if let error = outcome.error { throw error.at(file, line) }
        return outcome.results.map(Rows.init)
    }

    /// Runs the last statements of a transaction and commits, in one round trip, and gives their rows.
    ///
    /// Throws the ``PostgresError`` of what failed, and all is undone; or ``CommitOutcomeUnknown``.
    @discardableResult
    public func commit(
        _ statements: [SQL], file: StaticString = #fileID, line: UInt = #line
    ) throws -> [Rows] {
        let outcome = attempt(statements + ["commit"])
        if let error = outcome.error?.at(file, line), outcome.results.count <= statements.count {
            if error.isConnectionLost { throw CommitOutcomeUnknown(cause: error) }
            throw error
        }
        guard outcome.results.last?.tag == "COMMIT" else {
            throw PostgresError(sqlState: "25P02", message: "a statement had failed, so the transaction was undone")
                .at(file, line)
        }
        if notices.hasUnsafeCommit {
            throw CommitOutcomeUnknown(cause: PostgresError(sqlState: "01000", message: "committed here only"))
        }
        return outcome.results.dropLast().map(Rows.init)
    }

    /// Runs a pipeline, and runs it again if a prepared statement was stale and all is undone by that.
    func attempt(_ statements: [SQL]) -> PipelineOutcome {
        let wasInTransaction = isInTransaction
        var outcome = pipeline(statements)
        guard let error = outcome.error, error.isStaleStatement else { return outcome }
        renewStatements()
        guard !wasInTransaction, !outcome.hasCommitted else { return outcome }
        if isInTransaction, let failure = pipeline(["rollback"]).error {
            outcome.error = failure
            return outcome
        }
        return pipeline(statements)
    }

    private func pipeline(_ statements: [SQL]) -> PipelineOutcome {
        var outcome = PipelineOutcome()
        notices.removeAll()
        steps.removeAll(keepingCapacity: true)
        guard isUsable, send(statements), PQpipelineSync(handle) == 1 else {
            outcome.error = lost()
            return outcome
        }
        outcome.results.reserveCapacity(statements.count)
        for step in steps {
            receive(step, of: statements, into: &outcome)
            if isBroken { return outcome }
        }
        receiveEnd(into: &outcome)
        return outcome
    }

    // MARK: Sending

    private func send(_ statements: [SQL]) -> Bool {
        guard sendDeallocations() else { return false }
        for (index, statement) in statements.enumerated() {
            let key = StatementCache.Key(text: statement.text, oids: statement.oids)
            var name = self.statements.name(of: key)
            if name == nil {
                let new = self.statements.insert(key)
                guard PQsendPrepare(handle, new, key.text, Int32(key.oids.count), key.oids) == 1 else { return false }
                steps.append(.prepare(key))
                name = new
            }
            guard sendExecute(name!, statement) else { return false }
            steps.append(.execute(index))
        }
        return true
    }

    /// Tells the server to forget statements that are no longer used, as a transaction of its own before the others.
    private func sendDeallocations() -> Bool {
        if isInTransaction { return true }
        let names = statements.takeAbandoned(atMost: 50)
        if names.isEmpty { return true }
        for name in names {
            guard PQsendQueryParams(handle, "deallocate \(name)", 0, nil, nil, nil, nil, 1) == 1 else { return false }
            steps.append(.deallocate)
        }
        steps.append(.endOfDeallocations)
        return PQpipelineSync(handle) == 1
    }

    private func sendExecute(_ name: String, _ statement: SQL) -> Bool {
        let count = statement.oids.count
        if formats.count < count { formats = Array(repeating: 1, count: count) }
        return statement.bytes.withUnsafeBytes { bytes in
            pointers.removeAll(keepingCapacity: true)
            var offset = 0
            for length in statement.lengths {
                if length < 0 {
                    pointers.append(nil)
                } else if length == 0 {
                    // A null pointer would mean null, not empty.
                    pointers.append(Self.empty)
                } else {
                    pointers.append(bytes.baseAddress!.advanced(by: offset).assumingMemoryBound(to: CChar.self))
                    offset += Int(length)
                }
            }
            return PQsendQueryPrepared(handle, name, Int32(count), pointers, statement.lengths, formats, 1) == 1
        }
    }

    private static var empty: UnsafePointer<CChar> {
        UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: CChar.self)
    }

    // MARK: Receiving

    private func receive(_ step: Step, of statements: [SQL], into outcome: inout PipelineOutcome) {
        guard let result = PQgetResult(handle) else {
            if outcome.error == nil { outcome.error = lost() }
            isBroken = true
            return
        }
        let status = PQresultStatus(result)
        switch (step, status) {
        case (.endOfDeallocations, PGRES_PIPELINE_SYNC):
            PQclear(result)
            return
        case (.execute, PGRES_TUPLES_OK), (.execute, PGRES_COMMAND_OK), (.execute, PGRES_EMPTY_QUERY):
            outcome.results.append(ResultSet(result))
        case (.prepare, PGRES_COMMAND_OK), (.deallocate, _):
            PQclear(result)
        default:
            note(result, step, statements, in: &outcome)
            PQclear(result)
        }
        // A null ends the results of each statement; a copy, which has no place here, never ends.
        if let unexpected = PQgetResult(handle) {
            PQclear(unexpected)
            isBroken = true
        }
        if isUsable { return }
        let failure = lost()
        if outcome.error == nil { outcome.error = failure }
    }

    /// Keeps the first failure, and forgets a statement that wasn't prepared.
    private func note(_ result: OpaquePointer, _ step: Step, _ statements: [SQL], in outcome: inout PipelineOutcome) {
        if case .prepare(let key) = step { self.statements.forget(key) }
        guard outcome.error == nil, PQresultStatus(result) != PGRES_PIPELINE_ABORTED else { return }
        var error = PostgresError(result)
        switch step {
        case .prepare(let key): error.statement = key.text
        case .execute(let index): error.statement = statements[index].text
        case .deallocate, .endOfDeallocations: break
        }
        outcome.error = error
    }

    /// Reads up to the end of the pipeline. An error before it is that of the commit which the end may imply.
    private func receiveEnd(into outcome: inout PipelineOutcome) {
        while isUsable, let result = PQgetResult(handle) {
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC { return }
            if outcome.error == nil { outcome.error = PostgresError(result) }
            // A null stands between an error and the end.
            if let more = PQgetResult(handle) {
                defer { PQclear(more) }
                if PQresultStatus(more) == PGRES_PIPELINE_SYNC { return }
                break
            }
        }
        let failure = lost()
        if outcome.error == nil { outcome.error = failure }
    }
}
