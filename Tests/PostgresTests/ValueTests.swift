import Postgres
import TestSupport
import Testing

/// What a value is in SQL: the server must see it so, and it must come back so.
struct ValueCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let check: @Sendable (Connection) throws -> Void

    init<V: PostgresValue & Equatable>(_ value: V, _ literal: SQL) {
        testDescription = "\(V.self) \(value) is \(literal)"
        check = { connection in
            let row = try connection.run(
                ["select \(value) is not distinct from \(fragment: literal), \(fragment: literal)"])[0][0]
            let isSame: Bool = try row[0]
            #expect(isSame)
            let back: V = try row[1]
            #expect(back == value)
        }
    }

    enum Colour: String, PostgresValue, PostgresArrayElement { case red, blue }
    enum Level: Int, PostgresValue, PostgresArrayElement { case low = 1, high = 9 }

    static let all: [ValueCase] = [
        .init(Int.max, "9223372036854775807::bigint"), .init(Int.min, "(-9223372036854775808)::bigint"),
        .init(7, "7::integer"), .init(-7, "(-7)::smallint"), .init(Int64(-2), "(-2)::bigint"),
        .init(Int32.min, "(-2147483648)::integer"), .init(Int32(3), "3::smallint"),
        .init(true, "true"), .init(false, "false"),
        .init("", "''::text"), .init("Ann 'é' \\ 🎟", "'Ann ''é'' \\ 🎟'::varchar(20)"), .init("red", "'red'::colour"),
        .init("public", "'public'::name"),
        .init([] as [UInt8], "''::bytea"), .init([0, 255, 10] as [UInt8], "'\\x00ff0a'::bytea"),
        .init(Colour.blue, "'blue'::colour"), .init(Colour.red, "'red'::text"), .init(Level.high, "9::bigint"),
        .init(PostgresJSON(text: Array(#"{"a": [1, null]}"#.utf8)), #"'{"a":[1,null]}'::jsonb"#),
        .init([] as [Int], "'{}'::bigint[]"), .init([1, -2], "'{1,-2}'::bigint[]"),
        .init([1, nil, 3] as [Int?], "'{1,null,3}'::bigint[]"), .init([nil] as [Int?], "'{null}'::bigint[]"),
        .init([Int32(5)], "'{5}'::integer[]"), .init([true, false], "'{t,f}'::boolean[]"),
        .init(["", "a,b", "é"], "array['', 'a,b', 'é']"), .init(["x", nil] as [String?], "'{x,null}'::text[]"),
        .init([Colour.red, .blue], "'{red,blue}'::text[]"), .init([Level.low, .high], "'{1,9}'::bigint[]"),
        .init([[1, 2], []] as [[UInt8]], "array['\\x0102', '']::bytea[]"),
        .init([[7], nil] as [[UInt8]?], "array['\\x07', null]::bytea[]"),
    ]
}

struct ValueTests {
    @Test(.emptyDatabase) func `values go there and back in binary form`() throws {
        let connection = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try connection.script("create type colour as enum ('red', 'blue')")
        for value in ValueCase.all {
            #expect(throws: Never.self, "\(value.testDescription)") { try value.check(connection) }
        }
    }

    @Test(.emptyDatabase) func `null is nil, and a nil is null`() throws {
        let connection = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let row = try connection.run(["select \(Int?.none) is null, null::bigint as gap"])[0][0]
        let isNull: Bool = try row[0]
        let gap: Int? = try row["gap"]
        #expect(isNull && gap == nil)
        let error = #expect(throws: PostgresError.self) { () throws -> Void in let _: Int = try row["gap"] }
        #expect(error?.sqlState == "22002")
        #expect(error?.column == "gap")
    }

    /// What is asked for does not fit what is there; the error names the column and no value.
    @Test(.emptyDatabase) func `what cannot be read is an error that names the column`() throws {
        let connection = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        func expect<V: PostgresValue>(_: V.Type, from statement: SQL) throws {
            let row = try connection.run([statement])[0][0]
            let error = #expect(throws: PostgresError.self) { () throws -> Void in let _: V = try row["c"] }
            #expect(error?.sqlState == "22P03", "\(statement)")
            #expect(error?.column == "c", "\(statement)")
        }
        try expect(Int.self, from: "select 'x'::text as c")
        try expect(Int.self, from: "select 1.5::numeric as c")
        try expect(Int32.self, from: "select 1::bigint as c")
        try expect(Bool.self, from: "select 1 as c")
        try expect(String.self, from: "select 1 as c")
        try expect([UInt8].self, from: "select 'x'::text as c")
        try expect(PostgresJSON.self, from: "select 'x'::text as c")
        try expect(ValueCase.Colour.self, from: "select 'green' as c")
        try expect([Int].self, from: "select '{1,null}'::bigint[] as c")
        try expect([Int].self, from: "select '{{1},{2}}'::bigint[] as c")
        try expect([Int].self, from: "select '{a}'::text[] as c")
        let missing = #expect(throws: PostgresError.self) {
            let _: Int = try connection.run(["select 1 as c"])[0][0]["d"]
        }
        #expect(missing?.sqlState == "42703")
        #expect(missing?.column == "d")
    }

    @Test(.emptyDatabase) func `rows are a collection, and tell how many were affected`() throws {
        let connection = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let results = try connection.run([
            "create table t (n bigint)", "insert into t select unnest(\([3, 1, 2]))", "select n from t order by n",
            "update t set n = 0 where n > \(1)",
        ])
        #expect(results.map(\.affected) == [0, 3, 3, 2])
        #expect(try results[2].map { try $0["n"] as Int } == [1, 2, 3])
    }
}
