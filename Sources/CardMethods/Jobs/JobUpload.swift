import CardRules
import JSONRPC
import Postgres

enum JobUpload: Method {
    static let declaration = Declaration(
        "job.upload", .writes, by: .jobs,
        "Takes the next part of a job's file, and keeps it sealed.",
        details:
            "A part has 192 KiB at most, and may be cut anywhere; a file 512 MiB. After a break `fileBytes` of the "
            + "job tells where to go on.",
        refusals: [.jobNotFound, .jobWrongState, .jobUploadOutOfTurn])

    enum Offset: IntegerRange { static let range = 0...(JobLimits.fileBytes - JobLimits.partBytes) }

    struct Params: Parameters {
        let job: JobID
        let offset: Int
        let bytes: [UInt8]
        let isLast: Bool

        init(from reader: inout ParameterReader) {
            job = reader.required("jobId", "The job.")
            offset =
                (reader.required("offset", "Where in the file the part begins, in bytes.") as Bounded<Offset>).value
            let text: FilePart.Text? = reader.optional("text", "The part as text.")
            let base64: FilePart.Encoded? = reader.optional("base64", "The part as base64.")
            if (text == nil) == (base64 == nil) { reader.refuse("base64", "must be given, or text, and not both") }
            bytes = text?.bytes ?? base64?.bytes ?? []
            isLast = reader.optional("isLast", default: false, "Whether the file is whole with it.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> JobRecord {
        let job = try call.job(params.job, for: .upload)
        try JobLimits.reasons(againstPartAt: params.offset, after: job.fileBytes).refuse()
        if !params.bytes.isEmpty {
            try call.transaction.execute(
                JobFile.insert(params.bytes, at: params.offset, of: job.id, in: job.cardSystem, call.services.keys))
        }
        return try call.take(
            .upload, with: job, to: params.isLast ? .uploaded : .uploading,
            ", file_bytes = file_bytes + \(params.bytes.count)")
    }
}

/// A part of a file, as it is sent.
enum FilePart {
    private static let tooLong = Unfit("must have at most \(JobLimits.partBytes) bytes")

    struct Text: ParameterValue {
        let bytes: [UInt8]

        static var schema: Schema { .string(format: nil, pattern: nil, lengths: 0...JobLimits.partBytes) }
        static var placeholder: Text { Text(bytes: []) }

        private init(bytes: [UInt8]) { self.bytes = bytes }

        init(parameter: JSON) throws(Unfit) {
            guard let text = parameter.string else { throw Unfit("must be a string, not \(parameter.kind)") }
            if text.utf8.count > JobLimits.partBytes { throw tooLong }
            bytes = Array(text.utf8)
        }
    }

    struct Encoded: ParameterValue {
        let bytes: [UInt8]

        static var schema: Schema {
            .string(format: "base64", pattern: nil, lengths: 0...((JobLimits.partBytes + 2) / 3 * 4))
        }
        static var placeholder: Encoded { Encoded(bytes: []) }

        private init(bytes: [UInt8]) { self.bytes = bytes }

        init(parameter: JSON) throws(Unfit) {
            guard let text = parameter.string else { throw Unfit("must be a string, not \(parameter.kind)") }
            guard let bytes = Base64.bytes(text) else { throw Unfit("must be base64") }
            if bytes.count > JobLimits.partBytes { throw tooLong }
            self.bytes = bytes
        }
    }
}
