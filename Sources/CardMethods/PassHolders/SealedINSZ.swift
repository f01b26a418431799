import CardRules

/// How an INSZ is kept: sealed for those who may read it, indexed to find its holder by it, masked to be shown.
extension Keys {
    /// What a holder is found by.
    func index(of insz: INSZ) -> [UInt8] { blindIndex("insz \(insz.digits)") }

    /// What may stand for an INSZ in an audit row.
    func auditDigest(of insz: INSZ) -> String { auditDigest("insz \(insz.digits)") }

    /// Bound to its holder: in another's row it cannot be opened.
    func sealed(_ insz: INSZ, of holder: PassHolderID) throws -> [UInt8] {
        try sealed(Array(insz.digits.utf8), place: place(of: holder))
    }

    func openedINSZ(_ sealed: [UInt8], of holder: PassHolderID) throws -> INSZ {
        try INSZ(checking: String(decoding: try opened(sealed, place: place(of: holder)), as: UTF8.self))
    }

    private func place(of holder: PassHolderID) -> String { "pass_holder.insz_sealed \(holder.text)" }
}
