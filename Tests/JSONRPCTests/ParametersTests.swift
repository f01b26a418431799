import JSONRPC
import Testing

@Suite struct `Parameter reader` {
    enum Colour: String, WordParameter { case red, green, darkBlue }

    struct Address: ObjectParameter {
        let street: String
        let box: Int?
        init(from reader: inout ParameterReader) {
            street = reader.required("street", "Street and number.")
            box = reader.optional("box", "Letter box.")
        }
    }

    struct Person: Parameters {
        let name: String
        let isActive: Bool
        let colour: Colour?
        let age: Change<Int>
        let addresses: [Address]
        let extra: JSON?
        init(from reader: inout ParameterReader) {
            name = reader.required("name", "What people call them.")
            isActive = reader.optional("isActive", default: true, "Whether they take part.")
            colour = reader.optional("colour", "The favourite.")
            age = reader.change("age", "In years.")
            addresses = reader.optional("addresses", default: [], "Where they live.")
            extra = reader.optional("extra", "Anything.")
            if name == "nobody" { reader.refuse("name", "must be somebody") }
        }
    }

    static func read(_ text: String, reserved: [String] = []) throws -> Person {
        try Person.read(try #require(JSON(reading: text).object), reserved: reserved)
    }

    static func problems(_ text: String, reserved: [String] = []) throws -> [String] {
        do {
            _ = try read(text, reserved: reserved)
            return []
        } catch let error as InvalidParameters {
            return error.problems.map { $0.pointer + " " + $0.reason }
        }
    }

    @Test func `all members are read, in any order, and those left out have their defaults`() throws {
        let text =
            #"{"extra":[1],"addresses":[{"box":3,"street":"A"},{"street":"B"}],"age":7,"name":"n","colour":"darkBlue"}"#
        let person = try Self.read(text)
        #expect(person.name == "n" && person.isActive && person.colour == .darkBlue && person.extra == [1])
        #expect(person.addresses.map(\.street) == ["A", "B"] && person.addresses.map(\.box) == [3, nil])
        #expect(person.age.applied(to: 5) == 7)
        let least = try Self.read(#"{"name":"n","colour":null,"isActive":null,"addresses":null}"#)
        #expect(least.isActive && least.colour == nil && least.addresses.isEmpty && least.extra == nil)
        #expect(least.age.applied(to: 5) == 5)
    }

    @Test func `a partial update keeps what is absent and clears what is null or empty`() throws {
        for cleared in ["null", "\"\""] {
            #expect(try Self.read(#"{"name":"n","age":\#(cleared)}"#).age.applied(to: 5) == nil)
        }
    }

    static let refused: [(text: String, problems: [String])] = [
        ("{}", ["/name is missing"]),
        (#"{"name":null}"#, ["/name must be a string, not null"]),
        (#"{"name":""}"#, ["/name must not be empty"]),
        (#"{"name":"a\u0001"}"#, ["/name must not hold control characters"]),
        (#"{"name":"\#(String(repeating: "é", count: 501))"}"#, ["/name must have at most 500 characters"]),
        (#"{"name":"nobody"}"#, ["/name must be somebody"]),
        (#"{"name":"n","age":1.0}"#, ["/age must be an integer without fraction or exponent, not a number"]),
        (#"{"name":"n","age":2147483648}"#, ["/age must lie between −2147483648 and 2147483647"]),
        (#"{"name":"n","isActive":1}"#, ["/isActive must be true or false, not an integer"]),
        (#"{"name":"n","colour":"darkblue"}"#, ["/colour must be one of red, green, darkBlue; did you mean darkBlue?"]),
        (#"{"name":"n","colour":"x"}"#, ["/colour must be one of red, green, darkBlue"]),
        (#"{"name":"n","addresses":{}}"#, ["/addresses must be an array, not an object"]),
        (#"{"name":"n","addresses":["x"]}"#, ["/addresses/0 must be an object, not a string"]),
        (#"{"name":"n","nmae":1}"#, ["/nmae is not a parameter here; did you mean name?"]),
        (#"{"name":"n","isactive":true}"#, ["/isactive is not a parameter here; did you mean isActive?"]),
        (#"{"name":"n","entirelyOther":1}"#, ["/entirelyOther is not a parameter here"]),
        (#"{"name":"n","a/b~c":1}"#, ["/a~1b~0c is not a parameter here"]),
        (
            #"{"isActive":"x","colour":7,"surname":1}"#,
            [
                "/name is missing", "/isActive must be true or false, not a string",
                "/colour must be a string, not an integer",
                "/surname is not a parameter here",
            ]
        ),
        (
            #"{"name":"n","addresses":[{"street":"A"},{"box":"x","stret":1},{"street":5,"a/b":1}]}"#,
            [
                "/addresses/1/street is missing",
                "/addresses/1/box must be an integer without fraction or exponent, not a string",
                "/addresses/1/stret is not a parameter here; did you mean street?",
                "/addresses/2/street must be a string, not an integer", "/addresses/2/a~1b is not a parameter here",
            ]
        ),
    ]

    @Test(arguments: refused) func `GEN-01 all that is wrong is named at once, with a pointer and what would be right`(
        text: String, problems: [String]
    ) throws {
        #expect(try Self.problems(text) == problems)
    }

    @Test func `a name that a layer above reads is no stranger, and may be meant`() throws {
        #expect(try Self.problems(#"{"idempotencyKey":"k","name":"n"}"#, reserved: ["idempotencyKey"]) == [])
        #expect(
            try Self.problems(#"{"name":"n","idempotencykey":"k"}"#, reserved: ["idempotencyKey"])
                == ["/idempotencykey is not a parameter here; did you mean idempotencyKey?"])
        #expect(try Self.problems(#"{"idempotencyKey":"k","name":"n"}"#).count == 1)
    }

    /// Each unknown name is compared with all known ones, which must not be had a hundred thousand times.
    @Test func `an answer names 32 problems and no more`() throws {
        let members = (0..<50_000).map { "\"m\($0)\":1" }.joined(separator: ",")
        #expect(try Self.problems("{\(members)}").count == 32)
        let addresses = Array(repeating: "{}", count: 400).joined(separator: ",")
        #expect(try Self.problems("{\"name\":\"n\",\"addresses\":[\(addresses)]}").count == 32)
    }

    @Test func `at most 500 elements are taken`() throws {
        let elements = { (count: Int) in Array(repeating: #"{"street":"A"}"#, count: count).joined(separator: ",") }
        #expect(try Self.problems(#"{"name":"n","addresses":[\#(elements(500))]}"#) == [])
        #expect(
            try Self.problems(#"{"name":"n","addresses":[\#(elements(501))]}"#) == [
                "/addresses must have at most 500 elements"
            ])
    }

    @Test func `the declaration describes itself in its order`() {
        #expect(Person.properties.map(\.name) == ["name", "isActive", "colour", "age", "addresses", "extra"])
        #expect(Person.properties.map(\.isRequired) == [true, false, false, false, false, false])
        #expect(Person.properties[2].schema == .words(["red", "green", "darkBlue"]))
        #expect(Person.properties[4].schema == .array(.object(Address.properties), counts: nil))
        #expect(NoParameters.properties.isEmpty)
    }

    struct Shape: ResultRecord {
        let id: Int
        let name: String?
        let tags: [Colour]
        static let fields: [ResultField<Shape>] = [
            .init("id", "Its number.") { $0.id }, .init("name", "Its name, if any.") { $0.name },
            .init("tags", "Its colours.") { $0.tags },
        ]
    }

    @Test func `a record writes the fields that it describes and leaves out those without a value`() {
        let write = { (shape: Shape) in String(decoding: shape.jsonBytes, as: UTF8.self) }
        #expect(write(Shape(id: 1, name: "a", tags: [.red])) == #"{"id":1,"name":"a","tags":["red"]}"#)
        #expect(write(Shape(id: 1, name: nil, tags: [])) == #"{"id":1,"tags":[]}"#)
        guard case .object(let properties) = Shape.schema else {
            Issue.record("a record is an object")
            return
        }
        #expect(
            properties.map(\.name) == ["id", "name", "tags"] && properties.map(\.isRequired) == [true, false, true])
        #expect(String(decoding: Done().jsonBytes, as: UTF8.self) == "{}")
    }

    static let spelling: [(typed: String, nearest: String?)] = [
        ("counter.craete", "counter.create"), ("Counter.Create", "counter.create"), ("pillar.chekIn", "pillar.checkIn"),
        ("something.else", nil), ("", nil),
    ]

    @Test(arguments: spelling) func `a slip finds the name that was meant`(typed: String, nearest: String?) {
        #expect(Spelling.nearest(to: typed, in: ["counter.create", "pillar.checkIn", "rpc.ping"]) == nearest)
    }
}
