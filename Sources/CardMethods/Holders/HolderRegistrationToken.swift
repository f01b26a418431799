import CardRules
import JSONRPC

enum HolderRegistrationToken: PreparedMethod {
    static let declaration = Declaration(
        "holder.registrationToken", .writes, by: [.everyone],
        "Proves by card number and date of birth whose card it is, and gives a token for it (UID-01, FAM-03).",
        details: "One answer for a number that is unknown or not active, and for a wrong date. After five wrong dates "
            + "of a day a card has no right one; of one source 20 attempts a minute and 20 misses an hour are let in.",
        refusals: [.birthDateProofWrong], answersSecret: true)

    struct Params: Parameters {
        let proof: BirthDateProof

        init(from reader: inout ParameterReader) {
            proof = BirthDateProof(
                card: reader.required("cardNumber", "The 13 digits on the card."),
                dateOfBirth: reader.required("dateOfBirth", "The holder's."))
        }
    }

    struct Result: ResultRecord {
        let token: String
        let expiresAt: Instant

        static let fields: [ResultField<Result>] = [
            .init("token", "Shown once: for `holder.loginStatus`, `holder.emailStatus` and `holder.link`.") {
                $0.token
            },
            .init("expiresAt", "Until when it holds; real time.") { $0.expiresAt },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let (services, peer) = (prelude.services, prelude.peer)
        try services.throttle.admit(.birthDate, from: peer)
        let holder = try await prelude.facts { try params.proof.holder(in: $0, at: services.clock.realNow) }
        if holder == nil {
            services.throttle.missed(.birthDate, from: peer)
            try await prelude.note(.birthDateWrong)
        }
        return try await prelude.perform { call in
            guard let holder else { throw Refusal(.birthDateProofWrong) }
            call.audit.object(holder)
            let expiresAt = call.realNow + .minutes(RegistrationToken.minutes)
            return Result(
                token: try RegistrationToken.issue(for: holder, until: expiresAt, in: call), expiresAt: expiresAt)
        }
    }
}
