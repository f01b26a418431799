/// All methods there are. Each area lists its own; the dispatcher, OpenRPC, the reference and `ksb` read this.
public enum Registry {
    public static let all: [RegisteredMethod] = [
        system, accounts, cardSystems, counters, cards, stock, passHolders, ledger, events, pillars, checkIns, audit,
        jobs,
        groups, associations, schools, families,
        holders, orders,
    ].flatMap(\.self).sorted { $0.name < $1.name }
}
