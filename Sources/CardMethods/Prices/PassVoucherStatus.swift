import CardRules
import JSONRPC

enum PassVoucherStatus: PreparedMethod {
    static let declaration = Declaration(
        "passVoucher.status", .reads, by: .staff(.membershipPriceRead),
        "Tells whether a voucher of an own card system can be used today (R-039).",
        details: "Of one source 20 codes a minute and 20 wrong ones an hour are let in (GEN-05).",
        refusals: [.passVoucherUnknown])

    struct Params: Parameters {
        let code: String
        init(from reader: inout ParameterReader) {
            code = reader.required("voucherCode", "As it is printed; hyphens and small letters do not matter.")
        }
    }

    struct Result: ResultRecord {
        let voucher: PassVoucherRecord
        let today: CivilDate

        static let fields: [ResultField<Result>] = [
            .init("isUsable", "Whether it can be used today.") { $0.voucher.facts.reason(on: $0.today) == nil },
            .init("status", "Whether it was used or made void.") { $0.voucher.facts.status },
            .init("cardSystemId", "Where it counts.") { $0.voucher.facts.cardSystem },
            .init("typeName", "What it is.") { $0.voucher.typeName },
            .init("municipalityId", "Whose residents may use it; everybody if absent.") { $0.voucher.municipality },
            .init("validFrom", "The first day on which it counts; open if absent.") { $0.voucher.facts.validFrom },
            .init("validUntil", "The last day on which it counts; open if absent.") { $0.voucher.facts.validUntil },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try prelude.services.throttle.admit(.passVoucher, from: prelude.peer)
        do {
            return try await prelude.perform { call in
                let voucher = try call.passVoucher(code: params.code, toUse: false)
                guard let voucher, call.serves(voucher.facts.cardSystem) else {
                    throw Refusal(.passVoucherUnknown, at: "/voucherCode")
                }
                return Result(voucher: voucher, today: Brussels.date(call.now))
            }
        } catch let refusal as Refusal where refusal.kind == .passVoucherUnknown {
            prelude.services.throttle.missed(.passVoucher, from: prelude.peer)
            try await prelude.note(.passVoucherUnknown, account: prelude.caller.accountID)
            throw refusal
        }
    }
}
