/// A ticket sale that is settled anew, because its event had the wrong distribution key.
public struct TicketSaleCorrection: Sendable, Hashable {
    /// By which the sale is settled now.
    public var term: DistributionKeyTermID
    /// What the key would have asked of the holder, in cents. What he paid stays.
    public var keyPrice: Int
    /// Who pays what he did not, by the weights of the key.
    public var parts: [PayerPart]

    /// What is known of the sale, and of who bought when it was sold.
    public struct Facts: Sendable, Hashable {
        public var status: TicketSaleStatus
        public var cardSystem: CardSystemID
        public var organizer: CounterID?
        public var regularPrice: Int
        public var price: Int
        /// `nil` for a sale with a coupon.
        public var term: DistributionKeyTermID?
        public var parts: [PayerPart]
        /// As the card system saw him then.
        public var buyer: Buyer

        public init(
            status: TicketSaleStatus, cardSystem: CardSystemID, organizer: CounterID?, regularPrice: Int, price: Int,
            term: DistributionKeyTermID?, parts: [PayerPart], buyer: Buyer
        ) {
            (self.status, self.cardSystem, self.organizer) = (status, cardSystem, organizer)
            (self.regularPrice, self.price, self.term) = (regularPrice, price, term)
            (self.parts, self.buyer) = (parts, buyer)
        }

        /// Where the holder lived: as it was settled, if that says it.
        private var municipality: MunicipalityID? {
            let paying = parts.first { $0.payer == .municipality }?.whom
            return paying.map { ID(high: $0.high, low: $0.low) } ?? buyer.municipality
        }

        fileprivate var payers: PayerDirectory {
            PayerDirectory(cardSystem: cardSystem, organizer: organizer, municipality: municipality)
        }
    }

    /// S12, R-132: the sale as the term of a key settles it, or what is against it: the sale does not stand, the key
    /// could not have been applied to it, or it is settled so already.
    public static func decide(
        _ sale: Facts, by term: DistributionKeyTerm?
    ) -> Result<TicketSaleCorrection, Refusal> {
        guard sale.status == .confirmed || sale.status == .reserved else {
            return .failure(Refusal(.ticketSaleNotFound, at: "/ticketSaleId"))
        }
        guard sale.term != nil, let term, term.fits(sale.buyer, regularPrice: sale.regularPrice) else {
            return .failure(Refusal(.ticketSaleKeyNotFitting, at: "/distributionKeyId"))
        }
        let parts = sale.payers.parts(of: sale.regularPrice - sale.price, term.shares)
        if sale.term == term.id, sale.parts == parts { return .failure(Refusal(.ticketSaleSharesUnchanged)) }
        return .success(
            TicketSaleCorrection(
                term: term.id, keyPrice: term.discount.holderPrice(of: sale.regularPrice), parts: parts))
    }
}
