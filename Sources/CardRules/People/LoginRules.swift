/// Which account may be whose login.
public enum LoginRules {
    /// UID-01: a pass holder has one login, and an account is the login of one pass holder.
    public static func reasonsAgainstLink(
        ofAccountLinked isAccountLinked: Bool, toHolderRegistered isHolderRegistered: Bool
    ) -> [Reason] {
        (isHolderRegistered ? [Reason(.passHolderAlreadyRegistered)] : [])
            + (isAccountLinked ? [Reason(.accountAlreadyLinked)] : [])
    }
}
