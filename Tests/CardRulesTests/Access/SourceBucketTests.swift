import CardRules
import Testing

struct SourceBucketTests {
    @Test func `A source has twenty attempts in any minute, and more are not counted`() {
        var bucket = SourceBucket()
        for second in 0..<20 { #expect(bucket.attempt(at: Instant(seconds: Int64(second))) == nil) }
        for _ in 0..<50 { #expect(bucket.attempt(at: Instant(seconds: 59)) == Instant(seconds: 60)) }
        #expect(bucket.attempt(at: Instant(seconds: 60)) == nil)
        #expect(bucket.attempt(at: Instant(seconds: 60)) == Instant(seconds: 61))
        #expect(bucket.attempt(at: Instant(seconds: 61)) == nil)
    }

    @Test func `A source has twenty misses in any hour, hits are free`() {
        var bucket = SourceBucket()
        for minute in 0..<30 as Range<Int64> {
            #expect(bucket.attempt(at: Instant(seconds: minute * 60)) == nil)
            if minute < 20 { bucket.miss(at: Instant(seconds: minute * 60)) }
            if minute == 19 { break }
        }
        #expect(bucket.attempt(at: Instant(seconds: 3599)) == Instant(seconds: 3600))
        #expect(bucket.attempt(at: Instant(seconds: 3600)) == nil)
        bucket.miss(at: Instant(seconds: 3600))
        #expect(bucket.attempt(at: Instant(seconds: 3601)) == Instant(seconds: 3660))

        var hits = SourceBucket()
        for second in 0..<1000 as Range<Int64> { #expect(hits.attempt(at: Instant(seconds: second * 3)) == nil) }
    }

    @Test func `Misses of attempts that were under way together count all`() {
        var bucket = SourceBucket()
        for second in 0..<25 as Range<Int64> { bucket.miss(at: Instant(seconds: second)) }
        #expect(bucket.attempt(at: Instant(seconds: 100)) == Instant(seconds: 3605))
        #expect(bucket.attempt(at: Instant(seconds: 3605)) == nil)
    }

    @Test func `Each source has its own count, and the table never grows beyond its bound`() {
        var table = SourceTable<Int>(capacity: 8)
        func use(_ source: Int) -> Instant? { table.attempt(by: source, at: Instant(seconds: 0)) }
        for _ in 0..<20 { #expect(use(0) == nil) }
        #expect(use(0) != nil)
        for source in 1...1000 {
            #expect(use(source) == nil)
            #expect(use(0) != nil, "the source that was used last is forgotten")
            #expect(table.count <= 8)
        }
        for source in 2000..<2008 { _ = use(source) }
        #expect(use(0) == nil)
    }

    @Test func `A miss counts for its source`() {
        var table = SourceTable<String>(capacity: 8)
        for _ in 0..<20 { table.miss(by: "a", at: Instant(seconds: 0)) }
        #expect(table.attempt(by: "a", at: Instant(seconds: 1)) == Instant(seconds: 3600))
        #expect(table.attempt(by: "b", at: Instant(seconds: 1)) == nil)
    }
}
