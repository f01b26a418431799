import CardRules
import JSONRPC

/// Somebody of a register that was kept elsewhere: a row of its file.
struct ImportedHolder: Parameters {
    let counter: CounterID
    let person: PersonParams

    init(from reader: inout ParameterReader) {
        counter = reader.required("counterId", "The counter where the person registered; the card lies there.")
        person = PersonParams(from: &reader)
    }

    /// The number of the card of plastic; `nil` for a digital one.
    var cardNumber: CardNumber? {
        if case .nfcCard(let number) = person.request.card { number } else { nil }
    }
}
