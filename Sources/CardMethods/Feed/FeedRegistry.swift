extension Registry {
    static let feed: [RegisteredMethod] = [
        RegisteredMethod(FeedList.self),
        RegisteredMethod(FeedSubscribe.self),
        RegisteredMethod(FeedUnsubscribe.self),
    ]
}
