/// What an advantage is, as far as people like it for that.
public struct AdvantageTraits: Sendable, Hashable {
    public var categories: Set<AdvantageCategory>
    public var isForKids: Bool
    public var isSport: Bool
    public var isFeatured: Bool

    public init(
        categories: Set<AdvantageCategory> = [], isForKids: Bool = false, isSport: Bool = false,
        isFeatured: Bool = false
    ) {
        (self.categories, self.isForKids) = (categories, isForKids)
        (self.isSport, self.isFeatured) = (isSport, isFeatured)
    }
}

/// What is known of what somebody likes: by what he took, and by the children that he has with him.
public struct AdvantageTaste: Sendable, Hashable {
    /// Who is younger is a child, for whom advantages for children are.
    public static let childhoodEnds = 12

    /// Of what he took.
    public var categories: Set<AdvantageCategory>
    /// He took something about sport.
    public var tookSport: Bool
    /// He is a child, or has one in his family.
    public var hasChild: Bool

    public init(categories: Set<AdvantageCategory> = [], tookSport: Bool = false, hasChild: Bool = false) {
        (self.categories, self.tookSport, self.hasChild) = (categories, tookSport, hasChild)
    }

    /// ADV-20: whether he may like an advantage. What is for children is for who has any; else it is like what he took
    /// before, and who took nothing yet is shown what is put in the light.
    public func likes(_ traits: AdvantageTraits) -> Bool {
        if traits.isForKids { return hasChild }
        if categories.isEmpty, !tookSport { return traits.isFeatured }
        return !categories.isDisjoint(with: traits.categories) || tookSport && traits.isSport
    }
}
