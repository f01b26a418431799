import CardRules
import JSONRPC

enum PassHolderRemovePicture: Method {
    static let declaration = Declaration(
        "passHolder.removePicture", .writes, by: .staff(.passHolderPictureWrite),
        "Removes a pass holder's picture for good (PH-07).", refusals: [.passHolderNotFound, .pictureNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let version: Int?

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            version = reader.optional("version", "The version that the picture had when it was read.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PictureInfo {
        try call.requireOwnHolderToChange(params.holder, ["picture"])
        guard let old = try call.lockedPicture(of: params.holder), old.mediaType != nil else {
            throw Refusal(.pictureNotFound, at: "/passHolderId")
        }
        try call.requireVersion(params.version, is: old.version, changed: ["picture"])
        return try call.write(nil, of: params.holder)
    }
}
