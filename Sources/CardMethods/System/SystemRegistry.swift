extension Registry {
    static let system: [RegisteredMethod] = [
        RegisteredMethod(ClockAdvance.self),
        RegisteredMethod(ClockGet.self),
        RegisteredMethod(ClockSet.self),
        RegisteredMethod(RPCDiscover.self),
        RegisteredMethod(RPCHello.self),
        RegisteredMethod(RPCPing.self),
    ]
}
