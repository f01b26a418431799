/// All methods there are. Each area lists its own; the dispatcher, OpenRPC, the reference and `ksb` read this.
public enum Registry {
    public static let all: [RegisteredMethod] = [
        system, accounts, cardSystems, distributionKeys, counters, cards, stock, passHolders, memberships, holders,
        opportunity, prices, orders, privacy, groups, families, associations, schools, ledger, events, pillars,
        checkIns, coupons, ticketSales, advantages, redemptions, scans, jobs, feed, audit,
    ].flatMap(\.self).sorted { $0.name < $1.name }
}
