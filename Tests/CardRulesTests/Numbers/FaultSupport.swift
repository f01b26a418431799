import CardRules

/// What is wrong with a text, `nil` if nothing is.
func fault<Value: Written>(_ type: Value.Type, in text: String) -> Malformed? {
    do throws(Malformed) { _ = try Value(checking: text) } catch { return error }
    return nil
}
