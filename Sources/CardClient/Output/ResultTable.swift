import JSONRPC

/// A result as rows and columns: a list gives a row per item, a record one row.
struct ResultTable: Hashable {
    /// In the order in which they first occur.
    var columns: [String] = []
    /// A cell is `nil` where the row does not have the column.
    var rows: [[JSON?]] = []
    /// Whether the rows are the items of a list, rather than one record or value.
    var isList: Bool
    /// What a list says beside its items, such as the cursor of the next page.
    var remarks: [JSONObject.Member] = []

    /// - Parameter isFlat: whether objects within a row become columns of their own, named `outer.inner`.
    init(_ json: JSON, isFlat: Bool) {
        if case .object(let object) = json, let items = object["items"]?.array {
            isList = true
            remarks = object.members.filter { $0.name != "items" }
            fill(items, isFlat: isFlat)
        } else if case .array(let items) = json {
            isList = true
            fill(items, isFlat: isFlat)
        } else {
            isList = false
            fill([json], isFlat: isFlat || json.object != nil)
        }
    }

    private mutating func fill(_ items: [JSON], isFlat: Bool) {
        let all = items.map { Self.members($0, isFlat: isFlat) }
        var places: [String: Int] = [:]
        for member in all.joined() where places[member.name] == nil {
            places[member.name] = columns.count
            columns.append(member.name)
        }
        rows = all.map { members in
            var row = [JSON?](repeating: nil, count: columns.count)
            for member in members { row[places[member.name]!] = member.value }
            return row
        }
    }

    private static func members(_ item: JSON, isFlat: Bool) -> [JSONObject.Member] {
        guard case .object(let object) = item else { return [.init(name: "value", value: item)] }
        guard isFlat else { return object.members }
        return object.members.flatMap { member -> [JSONObject.Member] in
            guard case .object = member.value else { return [member] }
            return members(member.value, isFlat: true).map {
                .init(name: member.name + "." + $0.name, value: $0.value)
            }
        }
    }
}

extension JSON {
    /// The value in a cell: text as it is, what is nested in a compact form.
    var cellText: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .array(let values):
            values.map(\.cellText).joined(separator: values.contains(where: \.isNested) ? "; " : ", ")
        case .object(let object): object.members.map { "\($0.name)=\($0.value.cellText)" }.joined(separator: ", ")
        case .bool, .integer, .number: text
        }
    }

    private var isNested: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
