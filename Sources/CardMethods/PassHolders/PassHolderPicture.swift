import CardRules
import JSONRPC
import Postgres

enum PassHolderPicture: Method {
    static let declaration = Declaration(
        "passHolder.picture", .reads, by: .staff(.passHolderPictureRead), "Shows a pass holder's picture (PH-07).",
        refusals: [.passHolderNotFound, .pictureNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        init(from reader: inout ParameterReader) { holder = reader.required("passHolderId", "The person.") }
    }

    struct Result: ResultRecord {
        let info: PictureInfo
        let bytes: [UInt8]

        static let fields: [ResultField<Result>] = [
            .init("picture", "The file in base64.") { Base64.text($0.bytes) },
            .init("info", "What is known of it.") { $0.info },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireOwnHolder(params.holder)
        let row = try call.transaction.first(
            """
            select \(fragment: PictureInfo.columns), p.bytes from pass_holder_picture p
            where p.holder_id = \(params.holder) and p.bytes is not null
            """)
        guard let row else { throw Refusal(.pictureNotFound, at: "/passHolderId") }
        return Result(info: try PictureInfo(row: row), bytes: try row["bytes"])
    }
}
