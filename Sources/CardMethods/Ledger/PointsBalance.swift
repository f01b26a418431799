import Postgres

/// A person's balance of points, as a column of a statement.
enum PointsBalance {
    /// What is shown: what is saved and not held for something, less what is owed. Negative while more is owed.
    ///
    /// - Parameter holder: The column that names the person.
    static func shown(of holder: SQL) -> SQL {
        """
        (select coalesce(sum(a.posted_credit - a.posted_debit - a.held_debit), 0)::bigint from ledger_account a
            where a.owner_id = \(fragment: holder) and a.unit = 'point')
        """
    }

    /// What later check-ins pay first, 0 or more.
    static func owed(by holder: SQL) -> SQL {
        """
        (select coalesce(sum(a.posted_debit - a.posted_credit), 0)::bigint from ledger_account a
            where a.owner_id = \(fragment: holder) and a.unit = 'point' and a.kind = 'points.owed')
        """
    }
}
