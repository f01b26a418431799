internal import CLibPQ
import Logging

/// What the server says beside its answers. libpq calls back while it reads, on the connection's thread.
final class Notices {
    private let logger: Logger
    /// A commit since ``removeAll()`` was not awaited to the end: it is done here, but the standby that should have it
    /// too may not.
    private(set) var hasUnsafeCommit = false

    init(logger: Logger) { self.logger = logger }

    func removeAll() { hasUnsafeCommit = false }

    /// Notices of the connection come here from now on; the caller keeps this alive as long as the connection.
    func receive(from connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue().take(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func take(_ result: OpaquePointer) {
        let sqlState = field(result, DiagnosticField.sqlState) ?? ""
        if sqlState == "01000", field(result, DiagnosticField.routine) == "SyncRepWaitForLSN" { hasUnsafeCommit = true }
        logger.debug("\(sqlState) \(field(result, DiagnosticField.message) ?? "")")
    }
}

/// The fields of an error or a notice that are read, by libpq's letters for them, which are macros in its header.
enum DiagnosticField {
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
    static let detail = Int32(UInt8(ascii: "D"))
    static let table = Int32(UInt8(ascii: "t"))
    static let column = Int32(UInt8(ascii: "c"))
    static let constraint = Int32(UInt8(ascii: "n"))
    static let routine = Int32(UInt8(ascii: "R"))
}

/// A field of an error or a notice.
func field(_ result: OpaquePointer, _ code: Int32) -> String? {
    PQresultErrorField(result, code).map { String(cString: $0) }
}

extension PostgresError {
    /// The error that a result of libpq reports.
    init(_ result: OpaquePointer) {
        let message = field(result, DiagnosticField.message) ?? String(cString: PQresultErrorMessage(result))
        // Without a code it is libpq's own: the connection broke.
        self.init(
            sqlState: field(result, DiagnosticField.sqlState) ?? "08006", message: message,
            detail: field(result, DiagnosticField.detail), constraint: field(result, DiagnosticField.constraint),
            table: field(result, DiagnosticField.table), column: field(result, DiagnosticField.column))
        routine = field(result, DiagnosticField.routine)
    }
}
