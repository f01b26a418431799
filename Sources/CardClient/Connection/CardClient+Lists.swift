import JSONRPC

extension CardClient {
    /// Calls a method that lists, page after page, and gives all items as one page.
    ///
    /// - Parameter params: With the `limit` of each page, if it is not to be the daemon's own.
    public func callAllPages(_ method: String, params: JSONObject) async throws(CallFailure) -> JSON {
        var params = params
        var items: [JSON] = []
        while true {
            let page = try await call(method, params: .object(params))
            guard let found = page["items"]?.array else { return page }
            items += found
            guard let cursor = page["nextCursor"], cursor != .null else { return ["items": .array(items)] }
            params.members.removeAll { $0.name == "cursor" }
            params.members.append(.init(name: "cursor", value: cursor))
        }
    }
}
