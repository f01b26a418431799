import JSONRPC

/// A result as rows and columns: a list gives a row per item, a record one row.
struct ResultTable: Hashable {
    /// Which objects within a row become columns of their own, named `outer.inner`.
    enum Depth {
        case none
        /// All but texts in several languages.
        case records
        case all
    }

    /// In the order in which they first occur.
    var columns: [String] = []
    /// A cell is `nil` where the row does not have the column.
    var rows: [[JSON?]] = []
    /// Whether the rows are the items of a list, rather than one record or value.
    var isList: Bool
    /// What a list says beside its items, such as the cursor of the next page.
    var remarks: [JSONObject.Member] = []

    /// - Parameters:
    ///   - chosen: The columns to show, in this order, as `name` or `outer.inner`; `nil` for all there are.
    init(_ json: JSON, _ depth: Depth, columns chosen: [String]? = nil) {
        if case .object(let object) = json, let items = object["items"]?.array {
            isList = true
            remarks = object.members.filter { $0.name != "items" }
            fill(items, depth, chosen)
        } else if case .array(let items) = json {
            isList = true
            fill(items, depth, chosen)
        } else {
            isList = false
            fill([json], depth, chosen)
        }
    }

    private mutating func fill(_ items: [JSON], _ depth: Depth, _ chosen: [String]?) {
        if let chosen {
            columns = chosen
            rows = items.map { item in
                chosen.map { $0.split(separator: ".").reduce(item as JSON?) { $0?[String($1)] } }
            }
            return
        }
        let all = items.map { Self.members($0, depth) }
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

    private static func members(_ item: JSON, _ depth: Depth) -> [JSONObject.Member] {
        guard case .object(let object) = item else { return [.init(name: "value", value: item)] }
        if case .none = depth { return object.members }
        return object.members.flatMap { member -> [JSONObject.Member] in
            guard case .object = member.value else { return [member] }
            if case .records = depth, member.value["main"]?.string != nil { return [member] }
            return members(member.value, depth).map {
                .init(name: member.name + "." + $0.name, value: $0.value)
            }
        }
    }
}
