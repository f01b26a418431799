import CardRules
import JSONRPC
import Postgres

enum HolderRegister: Method {
    static let declaration = Declaration(
        "holder.register", .writes, by: [.account],
        "Registers the caller as a pass holder with a digital card, and makes his account the login (REG-15, REG-20).",
        details:
            "Who he is, a trusted issuer says: a compact JWS (ES256 or EdDSA) with the claims iss, aud = ksbd, exp, "
            + "nonce, insz, familyName, givenName and birthDate, that counts once. His address is the account's. "
            + "From sixteen years; without opportunity status, which a counter or an administrator gives.",
        refusals: [
            .cardSystemNotFound, .identityInvalid, .identityInszRequired, .accountAlreadyLinked,
        ] + OnlineRegistration.refusals)

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let identity: IdentityToken
        let contact: OnlineContactParams

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Where the caller becomes a member.")
            identity = reader.required("identity", "The signed word of a trusted issuer.")
            contact = OnlineContactParams(from: &reader, takesEmail: false)
        }
    }

    struct Result: ResultRecord {
        let holder: PassHolderID
        let cardNumber: CardNumber

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "Who the caller is from now on.") { $0.holder },
            .init("cardNumber", "The digital card, active now.") { $0.cardNumber },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        guard let account = call.caller.accountID else { throw RPCError(.permissionMissing) }
        try call.requireCardSystem(params.cardSystem)
        let identity = try IdentityAssertion(
            token: params.identity.text, call.services.settings.identityIssuers, at: call.realNow, pointer: "/identity")
        try identity.use(pointer: "/identity", in: call)
        try call.enter(params.cardSystem)
        let row = try call.transaction.query(
            """
            select email, exists (select from holder_login where account_id = \(account)) as is_linked
            from account where id = \(account)
            """)[0]
        let isLinked: Bool = try row["is_linked"]
        let registration = OnlineRegistration(
            cardSystem: params.cardSystem, person: identity.person(params.contact, email: try row["email"]),
            asksOpportunity: false)
        let reasons = try registration.reasons(least: OnlineRegistrationRules.leastAge, in: call)
        try
            (LoginRules.reasonsAgainstLink(ofAccountLinked: isLinked, toHolderRegistered: false)
            + reasons.map(Self.placed)).refuse()
        let made = try registration.register(in: call)
        try HolderLogin.link(to: made.holder, in: call)
        return Result(holder: made.holder, cardNumber: made.card)
    }

    /// What the issuer said is told of the whole identity; the address is the account's.
    private static func placed(_ reason: Reason) -> Reason {
        var reason = reason
        switch reason.pointer {
        case "/insz", "/dateOfBirth", "/parentalConsent": reason.pointer = "/identity"
        case "/email": reason.pointer = nil
        default: break
        }
        return reason
    }
}

/// A compact JWS, which is longer than other texts.
struct IdentityToken: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: "jwt", pattern: nil, lengths: 1...4096) }
    static var placeholder: IdentityToken { IdentityToken(text: "") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, (1...4096).contains(text.utf8.count) else {
            throw Unfit("must be a compact JWS of at most 4096 characters")
        }
        self.text = text
    }
}

extension IdentityAssertion {
    /// The person that it is about, reached as he says.
    fileprivate func person(_ contact: OnlineContactParams, email: EmailAddress) -> PersonParams {
        PersonParams(
            name: familyName, firstName: givenName, phone: contact.phone,
            request: RegistrationRequest(
                dateOfBirth: birthDate, gender: contact.gender, insz: insz, email: email, mobile: contact.mobile,
                address: contact.address.address, optIns: Set(contact.optIns), hasAcceptedTerms: contact.hasTerms,
                card: .digital))
    }
}
