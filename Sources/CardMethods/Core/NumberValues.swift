import CardRules
import JSONRPC
import Postgres

// How checked texts and words of the domain stand in JSON and in PostgreSQL: as themselves.

/// A value with a written form that is read from JSON. What is wrong is told without repeating the text.
public protocol WrittenParameter: Written, ParameterValue {
    /// What describes the type in a schema, such as `card-number`.
    static var format: String { get }
}

extension WrittenParameter {
    public static var schema: Schema { .string(format: format, pattern: nil, lengths: nil) }

    public init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string else { throw Unfit("must be a string, not \(parameter.kind)") }
        do { try self.init(checking: text) } catch { throw Unfit(error.reason) }
    }
}

/// A written value that may be stored and shown as it is.
public protocol WrittenValue: WrittenParameter, ResultValue, PostgresValue, PostgresArrayElement {
    /// The form in which it is kept.
    var text: String { get }
}

extension WrittenValue {
    public static var oid: UInt32 { String.oid }
    public static var arrayOID: UInt32 { String.arrayOID }

    public func write(to writer: inout JSONWriter) { writer.string(text) }

    public func write(to bytes: inout [UInt8]) { text.write(to: &bytes) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard let value = Self(text: try String(postgres: bytes, oid: oid)) else {
            throw .unreadable(Self.self, oid: oid)
        }
        self = value
    }
}

extension CardNumber: WrittenValue {
    public static var format: String { "card-number" }
    public static var placeholder: CardNumber { CardNumber(prefix: "0", serial: 0, opportunity: false)! }
}

extension ChipNumber: WrittenValue {
    public static var format: String { "chip-number" }
    public static var placeholder: ChipNumber { ChipNumber(text: "00000000000000")! }
}

extension IBAN: WrittenValue {
    public static var format: String { "iban" }
    public static var placeholder: IBAN { IBAN(text: "BE71096123456769")! }
}

extension EmailAddress: WrittenValue {
    public static var format: String { "email" }
    public static var placeholder: EmailAddress { EmailAddress(text: "name@example.org")! }
}

extension PhoneNumber: WrittenValue {
    public static var format: String { "phone-number" }
    public static var placeholder: PhoneNumber { PhoneNumber(text: "+32471234567")! }
}

extension BelgianPostalCode: WrittenValue {
    public static var format: String { "belgian-postal-code" }
    public static var placeholder: BelgianPostalCode { BelgianPostalCode(text: "1000")! }
}

extension Country: WrittenValue {
    public static var format: String { "country-code" }
    public static var placeholder: Country { .belgium }
    public var text: String { code }
}

/// Read only: an INSZ is stored sealed and shown masked.
extension INSZ: WrittenParameter {
    public static var format: String { "insz" }
    public static var placeholder: INSZ { INSZ(text: "00.00.00-001.96")! }
}

/// Read only, as it may hold an INSZ.
extension Identifier: WrittenParameter {
    public static var format: String { "identifier" }
    public static var placeholder: Identifier { .insz(.placeholder) }
}

extension CardStatus: WordParameter, PostgresValue, PostgresArrayElement {}
extension CardStep: WordParameter, PostgresValue {}
extension CardType: WordParameter, PostgresValue {}
extension Gender: WordParameter, PostgresValue {}
extension OptIn: WordParameter, PostgresValue, PostgresArrayElement {}
extension Permission: WordParameter, PostgresValue, PostgresArrayElement {}
extension PassMessage.Level: WordParameter {}

extension Translated: ResultRecord {
    public static let fields: [ResultField<Translated>] = [
        .init("nl", "In Dutch.") { $0.nl },
        .init("en", "In English.") { $0.en },
        .init("fr", "In French.") { $0.fr },
    ]
}
