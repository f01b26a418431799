import CardRules
import JSONRPC
import Postgres

/// What is known of a picture, beside the picture.
struct PictureInfo: ResultRecord {
    let mediaType: Picture.MediaType?
    let width: Int?
    let height: Int?
    let count: Int?
    let changedAt: Instant
    let version: Int

    static let fields: [ResultField<PictureInfo>] = [
        .init("mediaType", "What kind of file it is; absent once it was removed.") { $0.mediaType },
        .init("width", "In pixels.") { $0.width },
        .init("height", "In pixels.") { $0.height },
        .init("bytes", "How many it has as it is kept.") { $0.count },
        .init("changedAt", "When it was set or removed.") { $0.changedAt },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let columns: SQL = """
        p.media_type, p.width, p.height, octet_length(p.bytes) as count, p.changed_at, p.version
        """

    init(row: Row) throws {
        mediaType = try row["media_type"]
        width = try row["width"]
        height = try row["height"]
        count = try row["count"]
        changedAt = try row["changed_at"]
        version = try row["version"]
    }
}

extension Call {
    /// What is known of a person's picture, locked; `nil` if there never was one.
    func lockedPicture(of holder: PassHolderID) throws -> PictureInfo? {
        try transaction.first(
            """
            select \(fragment: PictureInfo.columns) from pass_holder_picture p
            where p.holder_id = \(holder) for update
            """
        ).map(PictureInfo.init(row:))
    }

    /// Puts a picture in the place of the one that is there; `nil` removes it.
    func write(_ picture: Picture?, of holder: PassHolderID) throws -> PictureInfo {
        let row = try transaction.query(
            """
            insert into pass_holder_picture as p (holder_id, bytes, media_type, width, height, changed_at, version)
            values (\(holder), \(picture?.bytes), \(picture?.mediaType), \(picture?.width), \(picture?.height), \(now),
                1)
            on conflict (holder_id) do update set bytes = excluded.bytes, media_type = excluded.media_type,
                width = excluded.width, height = excluded.height, changed_at = excluded.changed_at,
                version = p.version + 1
            returning \(fragment: PictureInfo.columns)
            """)[0]
        return try PictureInfo(row: row)
    }

    /// The person whose picture is changed, of an own card system, which the audit trail then names.
    func requireOwnHolderToChange(_ holder: PassHolderID, _ fields: [String]) throws {
        try requireOwnHolder(holder)
        if let own = try memberships(of: holder).first { audit.cardSystem = own.cardSystem }
        audit.object(holder)
        audit.changedFields = fields
        try tellMemberships(of: holder)
    }
}
