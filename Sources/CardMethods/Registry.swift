/// All methods there are. Each area lists its own; the dispatcher, OpenRPC, the reference and `ksb` read this.
public enum Registry {
    public static let all: [RegisteredMethod] = [
        system, accounts, cardSystems, counters, cards, stock, passHolders, memberships, holders, opportunity, prices,
        orders, privacy, groups, families, associations, schools, ledger, events, pillars, checkIns, advantages,
<<<<<<< HEAD
        jobs, feed, audit,
=======
        redemptions, jobs, feed, audit,
>>>>>>> c2bc950da99d67be9d06387ecf3e96b6cd038a86
    ].flatMap(\.self).sorted { $0.name < $1.name }
}
