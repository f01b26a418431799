import CardRules
import JSONRPC

/// Which parameter stands in each column of a file.
struct JobColumns: Sendable {
    /// A parameter that a column can hold.
    struct Place: Sendable, Hashable {
        /// `address.postalCode`.
        let path: String
        let schema: Schema
        let isRequired: Bool
    }

    /// Names of columns in our own outcomes, which are left alone when such a file comes back.
    static let ownPrefix = "ksb."

    /// By column; `nil` where a column is left alone.
    private let places: [Place?]

    /// The parameter's path by column, empty where a column is left alone.
    var paths: [String] { places.map { $0?.path ?? "" } }

    /// Of a file whose header was read before.
    init(paths: [String], of work: any JobWork) {
        let known = Dictionary(uniqueKeysWithValues: Self.places(of: work).map { ($0.path, $0) })
        places = paths.map { known[$0] }
    }

    /// Reads a header. The names of the columns come back in no refusal, for a file without header begins with
    /// somebody's data.
    ///
    /// - Parameters:
    ///   - mapping: What stands in columns that are not called like their parameter; empty for nothing.
    ///   - fixed: The parameters that all rows share.
    init(header: [String], of work: any JobWork, mapping: [String: String], fixed: JSONObject) throws(Refusal) {
        let known = Self.places(of: work)
        let mapping = Dictionary(
            mapping.map { ($0.key.trimmed.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        var places: [Place?] = []
        var reasons: [Reason] = []
        for (index, name) in header.enumerated() {
            let column = Reason.Detail("column", .number(index + 1))
            let name = name.trimmed.lowercased()
            if mapping[name] == "" || name.hasPrefix(Self.ownPrefix) {
                places.append(nil)
                continue
            }
            let meant = mapping[name] ?? name
            guard let place = known.first(where: { $0.path.lowercased() == meant.lowercased() }) else {
                let near = Spelling.nearest(to: meant, in: known.map(\.path))
                let hint = near.map { [Reason.Detail("didYouMean", .text($0))] } ?? []
                reasons.append(Self.reason(.unknown, [column] + hint))
                places.append(nil)
                continue
            }
            let parameter = Reason.Detail("parameter", .text(place.path))
            if places.contains(place) { reasons.append(Self.reason(.duplicate, [column, parameter])) }
            if fixed[place.top] != nil { reasons.append(Self.reason(.fixed, [column, parameter])) }
            places.append(place)
        }
        for place in known where place.isRequired && fixed[place.top] == nil && !places.contains(place) {
            reasons.append(Self.reason(.missing, [.init("parameter", .text(place.path))]))
        }
        try reasons.refuse()
        self.places = places
    }

    private enum Fault: String { case unknown, duplicate, fixed, missing }

    private static func reason(_ fault: Fault, _ details: [Reason.Detail]) -> Reason {
        var reason = Reason(.jobColumnsInvalid, at: nil, .init("fault", .text(fault.rawValue)))
        reason.details += details
        return reason
    }

    /// The parameters that columns can hold; those within an object stand in columns of their own.
    static func places(of work: any JobWork) -> [Place] {
        func flat(_ property: Schema.Property, _ prefix: String, _ isRequired: Bool) -> [Place] {
            let isRequired = isRequired && property.isRequired
            guard case .object(let inner) = property.schema.unnamed else {
                return [Place(path: prefix + property.name, schema: property.schema.unnamed, isRequired: isRequired)]
            }
            return inner.flatMap { flat($0, prefix + property.name + ".", isRequired) }
        }
        return work.parameters.filter { $0.name != "cardSystemId" }.flatMap { flat($0, "", true) }
    }

    /// A row's parameters: what all rows share, and its cells.
    func params(_ fields: [String], fixed: JSONObject) -> JSONObject {
        var params = fixed
        for (place, field) in zip(places, fields) {
            guard let place, let value = CellValue.json(field, place.schema) else { continue }
            params.put(value, at: place.path.split(separator: ".").map(String.init)[...])
        }
        return params
    }

    /// The column in which a parameter stands, counted from 1, by a pointer to it or to a part of it.
    func column(of pointer: String) -> Int? {
        let path = pointer.dropFirst().split(separator: "/").joined(separator: ".")
        return places.firstIndex { $0.map { path == $0.path || path.hasPrefix($0.path + ".") } == true }.map { $0 + 1 }
    }
}

extension JobColumns.Place {
    /// The parameter of the method that it belongs to.
    var top: String { String(path.prefix { $0 != "." }) }
}

extension Schema {
    /// The schema behind a name.
    fileprivate var unnamed: Schema { if case .named(_, let schema) = self { schema.unnamed } else { self } }
}

extension JSONObject {
    /// Puts a value at the end of a path of members.
    fileprivate mutating func put(_ value: JSON, at path: ArraySlice<String>) {
        guard let first = path.first else { return }
        let index = members.firstIndex { $0.name == first }
        var new = value
        if path.count > 1 {
            var inner = index.flatMap { members[$0].value.object } ?? JSONObject()
            inner.put(value, at: path.dropFirst())
            new = .object(inner)
        }
        if let index { members[index].value = new } else { members.append(.init(name: first, value: new)) }
    }
}
