import JSONRPC

/// A card as it is typed or read.
public enum CardName {
    /// The parameter that names the card: `cardNumber` for 13 digits, else `chipNumber`, which the daemon judges.
    public static func member(_ typed: String) -> JSONObject.Member {
        let text = typed.filter { $0 != " " }
        let isNumber = text.utf8.count == 13 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return .init(name: isNumber ? "cardNumber" : "chipNumber", value: .string(text))
    }
}
