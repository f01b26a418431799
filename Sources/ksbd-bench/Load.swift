import ArgumentParser
import CEpoll
import Glibc

/// The load generator: a process of its own on one thread, as lean as the peers' own ones, so that what is measured is
/// the server. It holds many connections and keeps a number of calls in flight on each.
struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Send calls and count the answers.")

    enum Kind: String, ExpressibleByArgument {
        /// `pillar.checkIn`, each by another holder.
        case checkIn
        /// `advantage.redeem`, each by another holder; the connections are those of counters' staff.
        case redemption
        /// `ticketSale.register`, each for another holder.
        case sale
        /// `tariff.compute`, each for another holder.
        case tariff
        /// `pillar.assignedEvent`.
        case assignedEvent
        /// Nothing after login.
        case idle
        /// Nothing after `pillar.subscribe`, until every connection has heard something.
        case subscribe
    }

    @Option var port: Int
    @Option var kind: Kind
    @Option(help: "Connections, each as the pillar of its number.") var connections: Int
    @Option(help: "The pillar of the first connection.") var first = 0
    @Option(help: "Calls in flight on each.") var depth = 1
    @Option(help: "How long to send, in seconds.") var seconds = 10.0
    @Option(help: "How many holders there are.") var holders = 0
    @Option(name: .customLong("run"), help: "Tells the idempotency keys and holders of one run from those of another.")
    var runNumber = 0

    func run() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var generator = LoadGenerator(self)
        generator.connect()
        print("ready")
        fflush(nil)
        switch kind {
        case .checkIn, .redemption, .sale, .tariff, .assignedEvent: print(generator.measure(seconds: seconds).line)
        case .idle: _ = readLine()
        case .subscribe:
            _ = generator.waitForNotifications()
            print("heard \(LoadGenerator.now())")
        }
        fflush(nil)
    }
}

/// What a run of the load generator found.
struct LoadResult {
    var calls = 0
    var failures = 0
    var seconds = 0.0
    /// Nanoseconds, ascending.
    var latencies: [UInt32] = []

    var perSecond: Double { seconds > 0 ? Double(calls) / seconds : 0 }

    func percentile(_ share: Double) -> Double {
        latencies.isEmpty ? 0 : Double(latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]) / 1e6
    }

    /// How the load process tells the bench.
    var line: String {
        "result \(calls) \(failures) \(seconds) \(percentile(0.5)) \(percentile(0.99))"
    }
}

/// Connections over epoll, non-blocking, in one thread.
struct LoadGenerator {
    private final class Connection {
        let descriptor: Int32
        let number: Int
        var sent = 0
        /// When each call in flight was sent, oldest first: the server answers those of one connection in order.
        var started: [UInt64] = []
        var first = 0

        init(descriptor: Int32, number: Int) { (self.descriptor, self.number) = (descriptor, number) }
    }

    private let options: Load
    private let poll: Int32
    private var connections: [Connection] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// The call that is being written.
    private var text: [UInt8] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 512)
    private var result = LoadResult()

    init(_ options: Load) {
        self.options = options
        poll = epoll_create1(0)
    }

    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Opens all connections and logs each in as its pillar.
    mutating func connect() {
        for number in options.first..<(options.first + options.connections) {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(options.port).bigEndian
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            precondition(status == 0, "connection \(number) was refused: error \(errno)")
            let connection = Connection(descriptor: descriptor, number: number)
            connections.append(connection)
            ask(
                connection,
                Plain.resume(credential(of: number)))
            if options.kind == .subscribe {
                ask(connection, Plain.request("pillar.subscribe"))
            }
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(u64: UInt64(number - options.first)))
            epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
        }
    }

    /// What a connection speaks for: a pillar, or a counter's member of staff.
    private func credential(of number: Int) -> String {
        switch options.kind {
        case .redemption: BenchWorld.session(number)
        case .sale, .tariff: Tickets.clerk(number)
        case .checkIn, .assignedEvent, .idle, .subscribe: BenchWorld.credential(number)
        }
    }

    /// Sends a call and waits for its answer, before the run.
    private mutating func ask(_ connection: Connection, _ text: String) {
        send(connection, Array((text + "\n").utf8))
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "\n") {
            let count = read(connection.descriptor, &buffer, buffer.count)
            precondition(count > 0, "the connection was closed")
            answer += buffer[..<count]
        }
        precondition(
            answer.firstRange(of: Array(#""result""#.utf8)) != nil,
            "refused: \(String(decoding: answer, as: UTF8.self))")
    }

    private func send(_ connection: Connection, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { send(connection, $0) }
    }

    private func send(_ connection: Connection, _ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(connection.descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            precondition(count > 0, "the connection was closed: error \(errno)")
            offset += count
        }
    }

    /// Keeps the calls in flight for a while, then waits for the last answers.
    mutating func measure(seconds: Double) -> LoadResult {
        let begin = Self.now()
        let end = begin + UInt64(seconds * 1e9)
        for connection in connections { for _ in 0..<options.depth { sendNext(connection) } }
        var inFlight = connections.count * options.depth
        var last = begin
        while inFlight > 0 {
            last = Self.now()
            for connection in readable(timeout: 1000) {
                let answered = receive(connection)
                inFlight -= answered
                guard last < end else { continue }
                for _ in 0..<answered { sendNext(connection) }
                inFlight += answered
            }
        }
        result.seconds = Double(last - begin) / 1e9
        result.latencies.sort()
        return result
    }

    /// Waits until each connection has heard something, and counts them.
    mutating func waitForNotifications() -> Int {
        var heard = Set<Int>()
        while heard.count < connections.count {
            for connection in readable(timeout: 1000) {
                if read(connection.descriptor, &buffer, buffer.count) > 0 { heard.insert(connection.number) }
            }
        }
        return heard.count
    }

    private mutating func readable(timeout: Int32) -> [Connection] {
        let count = epoll_wait(poll, &events, Int32(events.count), timeout)
        return events.prefix(max(0, Int(count))).map { connections[Int($0.data.u64)] }
    }

    private mutating func sendNext(_ connection: Connection) {
        connection.started.append(Self.now())
        text.removeAll(keepingCapacity: true)
        writeCall(connection)
        text.withUnsafeBytes { send(connection, $0) }
        connection.sent += 1
    }

    private mutating func writeCall(_ connection: Connection) {
        let (number, sent) = (connection.number, connection.sent)
        text += Self.opening
        writeNumber(sent)
        switch options.kind {
        case .checkIn, .redemption: break
        case .sale, .tariff: return writeTicket(connection)
        case .assignedEvent, .idle, .subscribe:
            text += Self.assignedEvent
            return
        }
        // Each pillar has an event of its own, and goes through the holders in an order of its own.
        let holder = (options.runNumber * 7919 + number * 104_729 + sent) % options.holders
        if options.kind == .redemption {
            text += Self.redemption
            // One of the connection's own card system.
            let stride = BenchWorld().stride
            let advantage = number % stride + stride * ((number + sent) % BenchWorld().shelves)
            text.append(contentsOf: BenchWorld.advantage(advantage).utf8)
            text += Self.chip
        } else {
            text += Self.checkIn
        }
        text.append(contentsOf: BenchWorld.chip(holder).utf8)
        text += Self.key
        writeNumber(options.runNumber)
        text.append(UInt8(ascii: "-"))
        writeNumber(number)
        text.append(UInt8(ascii: "-"))
        writeNumber(sent)
        text += Self.closing
    }

    private mutating func writeTicket(_ connection: Connection) {
        let (number, sent) = (connection.number, connection.sent)
        let turn = options.runNumber * 7919 + number * 104_729 + sent
        let holder = Tickets.holder(turn, of: number, world: BenchWorld(holders: options.holders))
        text += options.kind == .sale ? Self.sale : Self.tariff
        text.append(contentsOf: BenchWorld.chip(holder).utf8)
        text += Self.soldEvent
        text.append(contentsOf: Tickets.event(number, world: BenchWorld()).utf8)
        guard options.kind == .sale else { return text += Self.closing }
        text += Self.saleKey
        writeNumber(options.runNumber)
        text.append(UInt8(ascii: "-"))
        writeNumber(number)
        text.append(UInt8(ascii: "-"))
        writeNumber(sent)
        text += Self.closing
    }

    private static let sale = Array(
        (#","method":"ticketSale.register","params":{"tickets":[{"tariffId":"OPPORTUNITY","regularPriceCents":1000,"#
            + #""chipNumber":""#).utf8)
    private static let tariff = Array(
        #","method":"tariff.compute","params":{"regularPricesCents":[1000],"chipNumber":""#.utf8)
    private static let soldEvent = Array(#"","eventId":""#.utf8)
    private static let saleKey = Array(#""}],"idempotencyKey":"s"#.utf8)
    private static let opening = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    private static let assignedEvent = Array((#","method":"pillar.assignedEvent"}"# + "\n").utf8)
    private static let checkIn = Array(#","method":"pillar.checkIn","params":{"chipNumber":""#.utf8)
    private static let redemption = Array(#","method":"advantage.redeem","params":{"advantageId":""#.utf8)
    private static let chip = Array(#"","chipNumber":""#.utf8)
    private static let key = Array(#"","idempotencyKey":""#.utf8)
    private static let closing = Array((#""}}"# + "\n").utf8)

    /// Answers are told apart from refusals by their third member: `{"jsonrpc":"2.0","id":1,"result":…`
    private static func isRefusal(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) -> Bool {
        var at = start + 22
        while at < end, at.load(as: UInt8.self) != UInt8(ascii: ",") { at += 1 }
        return at + 2 < end && (at + 2).load(as: UInt8.self) == UInt8(ascii: "e")
    }

    private mutating func writeNumber(_ number: Int) { text.append(contentsOf: String(number).utf8) }

    /// Reads what is there; the number of answers in it.
    private mutating func receive(_ connection: Connection) -> Int {
        let count = read(connection.descriptor, &buffer, buffer.count)
        precondition(count > 0, "the connection was closed")
        let now = Self.now()
        let answered = buffer.withUnsafeBytes { bytes -> Int in
            var answered = 0
            var at = bytes.baseAddress!
            let end = at + count
            while at < end, let found = memchr(at, 0x0A, end - at) {
                answered += 1
                if Self.isRefusal(at, UnsafeRawPointer(found)) { result.failures += 1 }
                at = UnsafeRawPointer(found) + 1
            }
            return answered
        }
        for _ in 0..<answered {
            result.latencies.append(UInt32(clamping: now - connection.started[connection.first]))
            connection.first += 1
        }
        if connection.first > 4096 {
            connection.started.removeFirst(connection.first)
            connection.first = 0
        }
        result.calls += answered
        return answered
    }
}
