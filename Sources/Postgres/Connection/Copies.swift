internal import CLibPQ

/// What can't run in a pipeline: scripts of several statements, and COPY.
extension Connection {
    /// Runs a script of any number of statements, such as a migration. Outside of a transaction it is one, unless it
    /// begins its own.
    public func script(
        _ text: String, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) {
        // What it did to the schema, and to statements by name, isn't known.
        renewStatements()
        try outsidePipeline(file: file, line: line) { () throws(PostgresError) in
            try check(PQexec(handle, text), PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY)
        }
    }

    /// Runs `copy … from stdin` with the chunks that `next` gives until it gives none, and tells how many rows that
    /// was. The chunks are the bytes of the format that the statement names, cut anywhere; some 64 KiB each is a good
    /// size. If `next` throws, the copy is undone, and its error is thrown.
    @discardableResult
    public func copyIn(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line, next: () throws -> [UInt8]?
    ) throws -> Int {
        precondition(statement.oids.isEmpty, "COPY takes no parameters")
        var failure: (any Error)?
        let result = Result { () throws(PostgresError) in
            try outsidePipeline(file: file, line: line) { () throws(PostgresError) in
                try check(PQexec(handle, statement.text), PGRES_COPY_IN)
                do {
                    while let chunk = try next() { try put(chunk) }
                } catch {
                    failure = error
                }
                if PQputCopyEnd(handle, failure == nil ? nil : "given up") != 1 { throw lost() }
                let result = PQgetResult(handle)
                let rows = result.flatMap { Int(String(cString: PQcmdTuples($0))) }
                try check(result, PGRES_COMMAND_OK)
                try finishCopy()
                return rows ?? 0
            }
        }
        if let failure { throw failure }
        return try result.get()
    }

    private func put(_ chunk: [UInt8]) throws(PostgresError) {
        let sent = chunk.withUnsafeBytes {
            PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
        }
        if sent != 1 { throw lost() }
    }

    /// Runs `copy … to stdout` and hands on each row's bytes, which are valid during the call only. If the receiver
    /// throws, the rest is read and thrown away, and its error is thrown.
    public func copyOut(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line,
        _ receive: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        precondition(statement.oids.isEmpty, "COPY takes no parameters")
        var failure: (any Error)?
        try outsidePipeline(file: file, line: line) { () throws(PostgresError) in
            try check(PQexec(handle, statement.text), PGRES_COPY_OUT)
            var row: UnsafeMutablePointer<CChar>?
            while true {
                let length = PQgetCopyData(handle, &row, 0)
                guard length > 0, let bytes = row else { break }
                defer { PQfreemem(bytes) }
                if failure != nil { continue }
                do { try receive(UnsafeRawBufferPointer(start: bytes, count: Int(length))) } catch { failure = error }
            }
            try check(PQgetResult(handle), PGRES_COMMAND_OK)
            try finishCopy()
        }
        if let failure { throw failure }
    }

    /// After a copy a null ends its results.
    private func finishCopy() throws(PostgresError) {
        while let result = PQgetResult(handle) { try check(result, PGRES_COMMAND_OK) }
    }

    private func outsidePipeline<R>(
        file: StaticString, line: UInt, _ body: () throws(PostgresError) -> R
    ) throws(PostgresError) -> R {
        guard isUsable, PQexitPipelineMode(handle) == 1 else { throw lost() }
        notices.removeAll()
        do throws(PostgresError) {
            let value = try body()
            if PQenterPipelineMode(handle) != 1 { throw lost() }
            return value
        } catch {
            // What is left of a copy is thrown away, so that the connection can be used.
            while isUsable, let rest = PQgetResult(handle) {
                isBroken = PQresultStatus(rest) == PGRES_COPY_IN || PQresultStatus(rest) == PGRES_COPY_OUT
                PQclear(rest)
            }
            if PQenterPipelineMode(handle) != 1 { isBroken = true }
            throw error.at(file, line)
        }
    }

    /// Takes a result that must have one of the given states.
    private func check(_ result: OpaquePointer?, _ expected: ExecStatusType...) throws(PostgresError) {
        guard let result else { throw lost() }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        if expected.contains(status) { return }
        if status == PGRES_FATAL_ERROR { throw PostgresError(result) }
        // A copy where none was expected, or none where one was: there is no way back into step.
        isBroken = isBroken || status == PGRES_COPY_IN || status == PGRES_COPY_OUT
        let name = String(cString: PQresStatus(status))
        throw PostgresError(sqlState: "42601", message: "not a statement for this call: \(name)")
    }
}
