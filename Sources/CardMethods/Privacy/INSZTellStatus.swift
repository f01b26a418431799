import CardRules
import JSONRPC
import Postgres

enum INSZTellStatus: PreparedMethod {
    static let declaration = Declaration(
        "insz.status", .reads, by: .staff(.passHolderRegister),
        "Tells whether somebody is registered with an INSZ, in whatever card system, and never who (REG-16).",
        details:
            "Every look is written down, and whom it found can be told so. Of one source 20 a minute and 20 unused "
            + "numbers an hour are let in (GEN-05).")

    struct Params: Parameters {
        let insz: INSZ
        init(from reader: inout ParameterReader) { insz = reader.required("insz", "The national register number.") }
    }

    enum Status: String, WordParameter {
        case used, unused
    }

    struct Result: ResultRecord {
        let status: Status

        static let fields: [ResultField<Result>] = [
            .init("status", "`used` if somebody has it.") { $0.status }
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try await prelude.lookUp(
            params.insz, isMiss: { (result: Result) in result.status == .unused }
        ) { call in
            guard let holder = try call.acrossCardSystems({ try call.holder(of: params.insz) }) else {
                return Result(status: .unused)
            }
            try call.writeRead(.status, of: holder)
            return Result(status: .used)
        }
    }
}
