import CardRules
import Crypto
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// An issuer of a test, with keys of its own.
struct TestIssuer: Sendable {
    let ecdsa = P256.Signing.PrivateKey()
    let edDSA = Curve25519.Signing.PrivateKey()

    /// What a file of issuers says of it, as "state" and as "bank".
    var file: [UInt8] {
        let der: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        let body = Base64.text(der + Array(edDSA.publicKey.rawRepresentation))
        let pem = "-----BEGIN PUBLIC KEY-----\n\(body)\n-----END PUBLIC KEY-----\n"
        let json: JSON = ["state": .string(ecdsa.publicKey.pemRepresentation), "bank": .string(pem)]
        return Array(json.text.utf8)
    }

    /// Settings of a daemon that trusts it.
    var settings: MethodSettings {
        get throws {
            var settings = MethodSettings.scene
            settings.identityIssuers = try IdentityIssuers(json: file)
            return settings
        }
    }

    /// Its word on somebody, with what is different.
    func word(_ changes: JSON = [:], header: JSON = [:], expiresAt: Instant, as issuer: String = "state") throws
        -> JSON
    {
        let claims: JSON = [
            "iss": .string(issuer), "aud": "ksbd", "exp": .integer(expiresAt.microseconds / 1_000_000),
            "nonce": .string("\(ID<Never>(at: expiresAt))"), "insz": "85031799708", "familyName": "Peeters",
            "givenName": "Jan", "birthDate": "1985-03-17",
        ]
        let algorithm: JSON = ["alg": .string(issuer == "state" ? "ES256" : "EdDSA")]
        let parts = [algorithm.merged(with: header), claims.merged(with: changes)].map {
            Base64URL.text(Array($0.text.utf8))
        }
        let signed = Array(parts.joined(separator: ".").utf8)
        let signature =
            try issuer == "state"
            ? Array(ecdsa.signature(for: signed).rawRepresentation) : Array(edDSA.signature(for: signed))
        return .string((parts + [Base64URL.text(signature)]).joined(separator: "."))
    }
}

extension Scene {
    /// Half an hour from now.
    var soon: Instant { services.clock.realNow + .minutes(30) }

    /// The scene's card system takes registrations and orders online, from Eeklo for the opportunity status too.
    func openOnline() async throws {
        let admin = try await peer(.administrator)
        try await ok(admin, "cardSystem.update", JSON(parsing: Array(SceneData.openOnline.utf8)))
        try await ok(
            admin, "municipality.add",
            [
                "cardSystemId": .string(SceneData.here.text), "name": "Eeklo", "postalCodes": ["9900"],
                "allowsCardlessRegistration": true,
            ])
    }

    /// An order that waits for its payment, as a list of prices would make one; its id and its token.
    func pendingOrder(
        cents: Int, _ people: [JSON] = [SceneData.onlinePerson()], of cardSystem: CardSystemID = SceneData.here
    ) async throws -> JSON {
        if cardSystem == SceneData.here { try await openOnline() }
        let id = RegistrationOrderID(at: now)
        let token = "kso_\(nextKey())"
        let communication = StructuredCommunication(number: Int(id.low % 1_000_000_000))!
        let ordered = try people.map { try OrderPerson(parameter: $0) }
        try await services.database.transaction(opening: ["select set_config('role', 'ksbd_platform', true)"]) {
            [services] transaction in
            let call = Call(
                transaction, .anonymous, Scope(), services, now: services.clock.now, realNow: services.clock.realNow)
            call.audit.cardSystem = cardSystem
            try transaction.execute(
                """
                insert into registration_order (id, card_system_id, state, total_cents, communication, iban,
                    beneficiary, language, token_hash, token_expires_at, created_at, lapses_at)
                values (\(id), \(cardSystem), 'pendingPayment', \(cents), \(communication),
                    'BE68539007547034', 'City', 'nl', \(Secret.hash(token)), \(call.realNow + .days(30)), \(call.now),
                    \(call.now + .days(15)))
                """)
            let prices = ordered.indices.map { $0 == 0 ? cents : 0 }
            _ = try transaction.run(OrderPeople.inserts(ordered, prices, of: id, in: call))
        }
        return ["id": .string(id.text), "token": .string(token), "communication": .string(communication.formatted)]
    }
}

extension SceneData {
    /// Params of `cardSystem.update` that let people register and order online.
    static let openOnline: String = """
        {"cardSystemId":"\(here.text)","allowsCardlessRegistration":true,"cardlessRegistrationType":"all",\
        "payment":{"iban":"BE68539007547034","beneficiary":"City"}}
        """

    /// Somebody of Eeklo for whom a pass can be ordered, with what is different.
    static func onlinePerson(_ changes: JSON = [:]) -> JSON {
        let plain: JSON = [
            "name": "Peeters", "firstName": "Jan", "dateOfBirth": "1985-03-17", "insz": "85031799708",
            "email": "jan@example.org", "address": ["postalCode": "9900", "city": "Eeklo"], "legalTermsDigital": true,
        ]
        return plain.merged(with: changes)
    }
}
