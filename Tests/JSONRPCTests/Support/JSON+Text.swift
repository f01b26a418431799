import JSONRPC

extension JSON {
    /// Reads a text of a test.
    init(reading text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

/// How a text is refused: its reason and byte offset, `nil` if it is accepted.
func refusal(of bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
        _ = try JSON(parsing: Array(bytes), limits: limits)
        return nil
    } catch {
        return error
    }
}
