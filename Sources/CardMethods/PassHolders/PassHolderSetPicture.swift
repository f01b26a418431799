import CardRules
import JSONRPC

enum PassHolderSetPicture: Method {
    static let declaration = Declaration(
        "passHolder.setPicture", .writes, by: .staff(.passHolderPictureWrite),
        "Gives a pass holder a picture, in the place of any other (PH-07).",
        details: "JPEG or PNG, told by its content, of at most 2 MiB. What a file says beside the picture is dropped: "
            + "where and when it was taken, and which way up it is held.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let version: Int?
        let picture: Picture

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            version = reader.optional("version", "The version that the picture had when it was read, 0 for none.")
            let text: PictureText = reader.required("picture", "The file in base64.")
            picture = text.picture
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PictureInfo {
        try call.requireOwnHolderToChange(params.holder, ["picture"])
        let old = try call.lockedPicture(of: params.holder)
        try call.requireVersion(params.version, is: old?.version ?? 0, changed: ["picture"])
        return try call.write(params.picture, of: params.holder)
    }
}
