import CardRules
import JSONRPC
import Postgres

/// The file of a job: parts as they were uploaded, each sealed.
struct JobFile {
    private let transaction: Transaction
    private let keys: Keys
    private let job: JobID
    private var part: (offset: Int, bytes: [UInt8]) = (0, [])

    init(of job: JobID, _ transaction: Transaction, _ keys: Keys) {
        (self.transaction, self.keys, self.job) = (transaction, keys, job)
    }

    /// The statement that keeps a part.
    static func insert(
        _ bytes: [UInt8], at offset: Int, of job: JobID, in cardSystem: CardSystemID, _ keys: Keys
    ) throws -> SQL {
        """
        insert into job_part (job_id, card_system_id, byte_offset, byte_count, sealed)
        values (\(job), \(cardSystem), \(offset), \(bytes.count),
            \(try keys.sealed(bytes, place: place(job, offset))))
        """
    }

    private static func place(_ job: JobID, _ offset: Int) -> String { "job_part.sealed \(job.text) \(offset)" }

    /// The bytes from an offset to the end of the part that it is in; empty at the end of the file.
    mutating func rest(from offset: Int) throws -> ArraySlice<UInt8> {
        if !(part.offset..<(part.offset + part.bytes.count)).contains(offset) {
            let row = try transaction.first(
                """
                select byte_offset, sealed from job_part
                where job_id = \(job) and byte_offset <= \(offset) order by byte_offset desc limit 1
                """)
            guard let row else { return [] }
            let start = try row["byte_offset"] as Int
            part = (start, try keys.opened(row["sealed"], place: Self.place(job, start)))
        }
        let index = offset - part.offset
        return index < part.bytes.count ? part.bytes[index...] : []
    }

    /// So many bytes from an offset; fewer where the file ends.
    mutating func bytes(from offset: Int, count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let rest = try rest(from: offset + bytes.count)
            if rest.isEmpty { break }
            bytes += rest.prefix(count - bytes.count)
        }
        return bytes
    }
}

/// The parameters that all rows of a job share, as they are kept: they may be somebody's.
struct FixedParams: Sendable {
    let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    init(opening sealed: [UInt8], of job: JobID, _ keys: Keys) throws {
        let json = try JSON(parsing: try keys.opened(sealed, place: Self.place(job)))
        object = json.object ?? JSONObject()
    }

    func sealed(of job: JobID, _ keys: Keys) throws -> [UInt8] {
        try keys.sealed(JSON.object(object).bytes, place: Self.place(job))
    }

    private static func place(_ job: JobID) -> String { "job.fixed_sealed \(job.text)" }
}
