import CardRules
import Postgres

/// Changes rows and writes down what they held before and after, so that the change can be taken back.
struct MergeChange {
    let merge: HolderMergeID
    let table: SQL
    let key: SQL
    let holder: SQL
    /// The columns that are changed, besides the one that names the person.
    var columns: [SQL] = []
    /// Columns that others may change meanwhile: they are kept before, and not compared.
    var loose: [SQL] = []

    init(_ merge: HolderMergeID, _ table: PersonTable, columns: [SQL] = [], loose: [SQL] = []) {
        (self.merge, self.table, key, holder) = (merge, table.name, table.key, table.holder)
        (self.columns, self.loose) = (columns, loose)
    }

    /// Under which the changes are kept: a table may tell of two people in a row.
    private var label: String { "\(table.description).\(holder.description)" }

    /// Changes the rows `t` for which the condition holds.
    func apply(_ assignments: SQL, where condition: SQL) -> SQL {
        let compared = [key, holder] + columns
        return """
            with old as (select t.* from \(fragment: table) t where \(fragment: condition) for update),
            new as (
                update \(fragment: table) t set \(fragment: assignments) from old
                where t.\(fragment: key) = old.\(fragment: key) and t.\(fragment: holder) = old.\(fragment: holder)
                returning t.*
            )
            insert into holder_merge_change (merge_id, ordinal, table_name, before, after)
            select \(merge), (select count(*) from holder_merge_change where merge_id = \(merge))
                    + row_number() over (), \(label),
                \(fragment: Self.document("old", compared + loose)), \(fragment: Self.document("new", compared))
            from old join new on new.\(fragment: key) = old.\(fragment: key)
            """
    }

    /// How many rows are no longer as they were left.
    var countOfChanged: SQL {
        """
        select count(*) from holder_merge_change c
            cross join lateral jsonb_populate_record(null::\(fragment: table), c.after) a
            left join \(fragment: table) t on t.\(fragment: key) = a.\(fragment: key)
                and t.\(fragment: holder) = a.\(fragment: holder)
        where c.merge_id = \(merge) and c.table_name = \(label)
            and (t.\(fragment: key) is null or not to_jsonb(t) @> c.after)
        """
    }

    /// Puts back what the columns held.
    ///
    /// - Parameter more: What else is set, from `t`, the row, and `before`, what it held.
    func undo(_ more: SQL? = nil) -> SQL {
        let assignments = ([holder] + columns).map { column -> SQL in
            "\(fragment: column) = before.\(fragment: column)"
        }
        return """
            update \(fragment: table) t
            set \(fragment: .joined(assignments + [more].compactMap(\.self), separator: ", "))
            from holder_merge_change c
                cross join lateral jsonb_populate_record(null::\(fragment: table), c.after) a
                cross join lateral jsonb_populate_record(null::\(fragment: table), c.before) before
            where c.merge_id = \(merge) and c.table_name = \(label)
                and t.\(fragment: key) = a.\(fragment: key) and t.\(fragment: holder) = a.\(fragment: holder)
            """
    }

    private static func document(_ row: SQL, _ columns: [SQL]) -> SQL {
        let members = columns.map { column -> SQL in
            "\(column.description)::text, \(fragment: row).\(fragment: column)"
        }
        return "jsonb_build_object(\(fragment: .joined(members, separator: ", ")))"
    }
}
