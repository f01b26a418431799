import JSONRPC

extension Schema {
    /// The columns of a result's rows, as `name` or `outer.inner` in the order of the declaration, there or not; `nil`
    /// where the declaration does not tell.
    public var columns: [String]? {
        switch unnamed {
        case .array(let element, _): return element.columns
        case .object(let properties):
            if let items = properties.first(where: { $0.name == "items" }), case .array(let element, _) = items.schema {
                return element.columns
            }
            return properties.flatMap { property in
                property.schema.inner.map { $0.map { "\(property.name).\($0)" } } ?? [property.name]
            }
        default: return nil
        }
    }

    /// The columns of an object within a row.
    private var inner: [String]? {
        if case .object = unnamed { columns } else { nil }
    }
}
