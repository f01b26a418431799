import CardMethods

extension Settings {
    /// Who is believed when he says who somebody is.
    public struct Identity: Sendable {
        /// What the file says.
        public let issuersFile: IdentityIssuers

        init(from reader: inout SettingReader) {
            let key = "identity.issuersFile"
            let path = reader.file(
                key, "JSON file with a public key in PEM (P-256, Ed25519) for the name of each trusted issuer.")
            guard let path, let (bytes, _) = try? HostFile.read(path) else {
                issuersFile = .none
                return
            }
            do { issuersFile = try IdentityIssuers(json: bytes) } catch {
                issuersFile = .none
                reader.refuse(key, "names a file that " + error.reason)
            }
        }
    }
}
