import JSONRPC
import Testing

@Suite struct `Request lanes` {
    typealias Lanes = RequestLanes<Int>

    /// Lets calls 1, 2, 3… arrive, and finish by their number.
    struct Connection {
        var lanes: Lanes
        var tickets: [Int: Lanes.Ticket] = [:]
        var last = 0

        init(_ limits: WireLimits = WireLimits()) { lanes = Lanes(limits) }

        mutating func arrives(_ lane: Lane, ids: [RequestID]? = nil) -> [Int] {
            last += 1
            return note(lanes.arrived(last, lane: lane, ids: ids ?? [.integer(Int64(last))]))
        }

        mutating func finishes(_ call: Int) -> [Int] { note(lanes.finished(tickets.removeValue(forKey: call)!)) }

        mutating func note(_ started: [Lanes.Started]) -> [Int] {
            for call in started { tickets[call.payload] = call.ticket }
            return started.map(\.payload)
        }
    }

    /// One step of a script: a call of a lane arrives (`r` read, `w` write, `a` and `b` batched, `c` control) or one
    /// finishes (its number); then what starts.
    static let scripts: [(name: String, steps: [(String, [Int])])] = [
        (
            "reads overlap up to eight",
            [
                ("r", [1]), ("r", [2]), ("r", [3]), ("r", [4]), ("r", [5]), ("r", [6]), ("r", [7]), ("r", [8]),
                ("r", []),
                ("r", []), ("3", [9]), ("1", [10]), ("2", []),
            ]
        ),
        (
            "a write is alone and what follows waits for it",
            [
                ("r", [1]), ("w", []), ("r", []), ("r", []), ("1", [2]), ("2", [3, 4]), ("w", []), ("4", []),
                ("3", [5]),
            ]
        ),
        ("writes follow each other", [("w", [1]), ("w", []), ("w", []), ("1", [2]), ("2", [3])]),
        ("calls of one batched lane overlap", [("a", [1]), ("a", [2]), ("a", [3]), ("2", []), ("a", [4])]),
        (
            "batched lanes do not mix with each other or anything else",
            [
                ("a", [1]), ("b", []), ("a", []), ("1", [2]), ("2", [3]), ("r", []), ("3", [4]), ("a", []), ("w", []),
                ("4", [5]),
                ("5", [6]),
            ]
        ),
        (
            "a read behind a waiting write does not overtake it",
            [("r", [1]), ("w", []), ("r", []), ("1", [2]), ("2", [3])]
        ),
        (
            "control passes everything and hinders nothing",
            [
                ("w", [1]), ("r", []), ("c", [3]), ("1", [2]), ("w", []), ("c", [5]), ("2", [4]), ("3", []), ("4", []),
                ("r", [6]),
            ]
        ),
    ]

    static func lane(_ letter: String) -> Lane? {
        switch letter {
        case "r": .read
        case "w": .write
        case "a", "b": .batched(letter)
        case "c": .control
        default: nil
        }
    }

    @Test(arguments: scripts) func `what may start follows the rules`(name: String, steps: [(String, [Int])]) {
        var connection = Connection()
        for (index, step) in steps.enumerated() {
            let started =
                if let lane = Self.lane(step.0) { connection.arrives(lane) } else { connection.finishes(Int(step.0)!) }
            #expect(started == step.1, "\(name), step \(index + 1)")
        }
    }

    @Test func `at most 64 calls are in flight and 64 wait before reading stops, and what was read is held`() {
        var connection = Connection()
        for call in 1...64 { #expect(connection.arrives(.batched("a")) == [call]) }
        for call in 65...128 {
            #expect(connection.lanes.shouldRead, "call \(call)")
            #expect(connection.arrives(.batched("a")) == [])
        }
        #expect(!connection.lanes.shouldRead)
        for _ in 129...140 { #expect(connection.arrives(.read) == []) }
        #expect(connection.finishes(7) == [65])
        #expect(!connection.lanes.shouldRead)
        for call in 66...77 { _ = connection.finishes(call - 10) }
        #expect(connection.lanes.shouldRead)
    }

    @Test func `a flood of control calls stops reading too`() {
        var connection = Connection()
        for _ in 1...128 { _ = connection.arrives(.control) }
        #expect(!connection.lanes.shouldRead)
        _ = connection.finishes(1)
        #expect(connection.lanes.shouldRead)
    }

    @Test func `an id is in use from arrival to end, in a batch too, and null never`() {
        var connection = Connection()
        #expect(!connection.lanes.isInUse(.integer(1)))
        _ = connection.arrives(.write, ids: [.integer(1), .string("b")])
        _ = connection.arrives(.write, ids: [.string("c")])
        _ = connection.arrives(.write, ids: [.null])
        for id in [RequestID.integer(1), .string("b"), .string("c")] { #expect(connection.lanes.isInUse(id)) }
        for id in [RequestID.string("1"), .integer(2), .null] { #expect(!connection.lanes.isInUse(id)) }
        _ = connection.finishes(1)
        #expect(!connection.lanes.isInUse(.integer(1)) && connection.lanes.isInUse(.string("c")))
        _ = connection.finishes(2)
        #expect(!connection.lanes.isInUse(.string("c")) && !connection.lanes.isIdle)
        _ = connection.finishes(3)
        #expect(connection.lanes.isIdle)
    }

    @Test func `cancelling takes a waiting call out, and lets those behind it start`() {
        var connection = Connection()
        _ = connection.arrives(.read)
        _ = connection.arrives(.write)
        _ = connection.arrives(.read)
        guard case .queued(2, let started) = connection.lanes.cancel(.integer(2)) else {
            Issue.record("call 2 was waiting")
            return
        }
        #expect(connection.note(started) == [3])
        guard case .running(let ticket) = connection.lanes.cancel(.integer(3)), ticket == connection.tickets[3] else {
            Issue.record("call 3 is running")
            return
        }
        #expect(connection.lanes.isInUse(.integer(3)), "it still has to finish")
        guard case .notFound = connection.lanes.cancel(.integer(2)) else {
            Issue.record("call 2 is gone")
            return
        }
    }

    @Test func `neither a null id nor one call of a batch can be cancelled`() {
        var connection = Connection()
        _ = connection.arrives(.write, ids: [.null])
        _ = connection.arrives(.write, ids: [.integer(8), .integer(9)])
        for id in [RequestID.null, .integer(8), .integer(7)] {
            guard case .notFound = connection.lanes.cancel(id) else {
                Issue.record("\(id)")
                return
            }
        }
    }

    /// Calls of random lanes arrive, finish and are cancelled; the rules are asserted from outside.
    @Test(arguments: 0..<20) func `random scripts keep order, see the writes before them, and never stall`(seed: Int) {
        var generator = Generator(seed: UInt64(seed))
        var connection = Connection()
        var lanes: [Int: Lane] = [:]
        var waiting: [Int] = []
        var running: Set<Int> = []

        func overlaps(_ one: Lane, _ other: Lane) -> Bool { one == other && one != .write }
        func note(_ started: [Int]) {
            for call in started {
                let lane = lanes[call]!
                running.insert(call)
                guard lane != .control else { continue }
                #expect(waiting.first == call, "calls start in the order of arrival")
                waiting.removeFirst()
                let others = running.filter { $0 != call && lanes[$0]! != .control }
                #expect(others.allSatisfy { overlaps(lanes[$0]!, lane) })
                #expect(others.count < (lane == .read ? 8 : 64))
            }
            // Whatever still waits has a reason to.
            guard let head = waiting.first else { return }
            let others = running.filter { lanes[$0]! != .control }
            let isFull = others.count >= (lanes[head]! == .read ? 8 : 64)
            #expect(isFull || others.contains { !overlaps(lanes[$0]!, lanes[head]!) })
        }

        for _ in 0..<2000 {
            switch generator.below(8) {
            case 0...3 where connection.lanes.shouldRead:
                let lane = generator.pick([
                    Lane.read, .read, .write, .batched("a"), .batched("a"), .batched("b"), .control,
                ])
                lanes[connection.last + 1] = lane
                if lane != .control { waiting.append(connection.last + 1) }
                note(connection.arrives(lane))
            case 4:
                guard let call = waiting.randomElement(using: &generator) else { continue }
                guard case .queued(call, let started) = connection.lanes.cancel(.integer(Int64(call))) else {
                    Issue.record("call \(call) was waiting")
                    return
                }
                waiting.removeAll { $0 == call }
                note(connection.note(started))
            default:
                guard let call = running.sorted().randomElement(using: &generator) else { continue }
                running.remove(call)
                note(connection.finishes(call))
            }
        }
        while let call = running.min() {
            running.remove(call)
            note(connection.finishes(call))
        }
        #expect(waiting.isEmpty && connection.lanes.isIdle)
    }
}
