import CardRules
import JSONRPC
import Postgres
import Synchronization

enum PassPriceCompute: PreparedMethod {
    static let declaration = Declaration(
        "passPrice.compute", .reads, by: .staff(.membershipPriceRead),
        "Tells what a pass costs today, for a new person or a pass holder (REG-17, REG-18, R-050 to R-053).",
        details: "With a voucher that cannot be used the price is the unreduced one, and why is told beside it "
            + "(R-041). Of one source 20 codes a minute and 20 wrong ones an hour are let in (GEN-05).",
        refusals: [
            .cardSystemNotFound, .passHolderNotFound, .priceUnknown, .passVoucherUnknown, .passVoucherUsed,
            .passVoucherVoid, .passVoucherNotValidNow, .passVoucherOtherCardSystem, .passVoucherOtherMunicipality,
            .passVoucherNotApplicable,
        ])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let reason: PriceReason
        let cardType: CardType
        let voucherCode: String?
        let opportunity: Bool?
        let person: Person

        enum Person: Sendable {
            case new(dateOfBirth: CivilDate, postalCode: BelgianPostalCode?)
            case known(PassHolderID)
        }

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose pass it is.")
            reason = reader.required("reason", "What the card is issued for.")
            cardType = reader.required("cardType", "What the card is made of.")
            let holder: PassHolderID? = reader.optional("passHolderId", "The person; or the next two of a new one.")
            let born: CivilDate? = reader.optional("dateOfBirth", "The day of birth.")
            let code: PricePostalCode? = reader.optional("postalCode", "Of four digits; 0000 is abroad (REG-18).")
            opportunity = reader.optional(
                "opportunity", "Whether the card is for an opportunity status; as it is now if absent.")
            voucherCode = reader.optional("voucherCode", "Of a voucher that lowers the price.")
            if let holder {
                person = .known(holder)
                if born != nil { reader.refuse("dateOfBirth", "must be left out with passHolderId") }
                if code != nil { reader.refuse("postalCode", "must be left out with passHolderId") }
            } else {
                person = .new(dateOfBirth: born ?? .placeholder, postalCode: code?.postalCode)
                if reader.problems.isEmpty, born == nil { reader.refuse("dateOfBirth", "is missing") }
                if reader.problems.isEmpty, code == nil { reader.refuse("postalCode", "is missing") }
            }
        }
    }

    struct Result: ResultRecord {
        let price: PassPrice

        static let fields: [ResultField<Result>] = [
            .init("priceCents", "What is paid, in cents.") { $0.price.price ?? 0 },
            .init("unreducedCents", "What it costs without the voucher, in cents; absent if nobody knows.") {
                $0.price.unreduced
            },
            .init("voucherProblems", "Why the voucher lowers nothing; empty if it does, and without one.") {
                $0.price.reasons.map(VoucherProblem.init)
            },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        if params.voucherCode != nil { try prelude.services.throttle.admit(.passVoucher, from: prelude.peer) }
        let isUnknown = Atomic(false)
        let answer = try await prelude.perform { call in
            try call.requireCardSystem(params.cardSystem)
            try call.require(call.serves(params.cardSystem))
            let price = try call.quote(request(params, in: call), toSell: false).price
            if price.reasons.contains(where: { $0.kind == .passVoucherUnknown }) {
                prelude.services.throttle.missed(.passVoucher, from: prelude.peer)
                isUnknown.store(true, ordering: .relaxed)
            }
            if price.price == nil { try price.reasons.refuse() }
            return Result(price: price)
        }
        if isUnknown.load(ordering: .relaxed) {
            try await prelude.note(.passVoucherUnknown, account: prelude.caller.accountID)
        }
        return answer
    }

    private static func request(_ params: Params, in call: Call) throws -> PassQuoteRequest {
        switch params.person {
        case .new(let dateOfBirth, let postalCode):
            return PassQuoteRequest(
                cardSystem: params.cardSystem, reason: params.reason, cardType: params.cardType,
                hasOpportunity: params.opportunity ?? false, dateOfBirth: dateOfBirth, postalCode: postalCode,
                voucherCode: params.voucherCode)
        case .known(let holder):
            return try call.quoteRequest(
                for: holder, in: params.cardSystem, params.reason, params.cardType, opportunity: params.opportunity,
                voucherCode: params.voucherCode)
        }
    }
}

/// Why a voucher lowers nothing.
struct VoucherProblem: ResultRecord {
    let reason: Reason

    static let fields: [ResultField<VoucherProblem>] = [
        .init("kind", "A kind that a sale would be refused with.") { $0.reason.kind.rawValue },
        .init("message", "What to tell the person.") { $0.reason.kind.text },
    ]
}

/// A Belgian postal code, or `0000` for an address abroad (REG-18).
struct PricePostalCode: ParameterValue {
    /// `nil` abroad.
    let postalCode: BelgianPostalCode?

    static var schema: Schema { .string(format: nil, pattern: "^[0-9]{4}$", lengths: 4...4) }
    static var placeholder: PricePostalCode { PricePostalCode(postalCode: nil) }

    private init(postalCode: BelgianPostalCode?) { self.postalCode = postalCode }

    init(parameter: JSON) throws(Unfit) {
        postalCode = parameter.string == "0000" ? nil : try BelgianPostalCode(parameter: parameter)
    }
}
