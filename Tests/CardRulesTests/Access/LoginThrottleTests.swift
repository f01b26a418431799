import CardRules
import Testing

struct LoginThrottleTests {
    static func after(_ failures: Int, _ manner: LoginThrottle.Manner) -> LoginThrottle {
        var throttle = LoginThrottle()
        for _ in 0..<failures { throttle.fail(manner, at: Instant(seconds: 1000)) }
        return throttle
    }

    @Test(arguments: [(5, 4, false), (5, 5, true), (3, 3, true), (3, 2, false), (0, 100, false), (1, 1, true)])
    func `R033 staff are locked by so many wrong passwords in a row, by none if that is off`(
        limit: Int, failures: Int, isLocked: Bool
    ) {
        let throttle = Self.after(failures, .locks(after: limit))
        #expect(throttle.isLocked == isLocked)
        for second in [1000, 999_999] as [Int64] {
            let admission = throttle.admission(.locks(after: limit), at: Instant(seconds: second))
            #expect(admission == (isLocked ? .locked : .check))
        }
    }

    @Test func `R033 R034 a right password starts the count anew, and only an administrator unlocks`() {
        var throttle = Self.after(4, .locks(after: 5))
        throttle.reset()
        for _ in 0..<4 { throttle.fail(.locks(after: 5), at: Instant(seconds: 2000)) }
        #expect(!throttle.isLocked)
        throttle.fail(.locks(after: 5), at: Instant(seconds: 2000))
        #expect(throttle.isLocked)
        throttle.reset()
        #expect(throttle == LoginThrottle())
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (500, 60)])
    func `Operators and administrators are slowed down to a minute and never locked`(failures: Int, seconds: Int) {
        let throttle = Self.after(failures, .slowsDown)
        #expect(!throttle.isLocked)
        let end = Instant(seconds: 1000) + .seconds(seconds)
        #expect(throttle.admission(.slowsDown, at: end) == .check)
        let before = Instant(microseconds: end.microseconds - 1)
        #expect(throttle.admission(.slowsDown, at: before) == (failures == 0 ? .check : .wait(until: end)))
    }

    @Test func `An account that was locked as staff's is slowed down once it is an administrator's`() {
        let throttle = Self.after(5, .locks(after: 5))
        #expect(throttle.admission(.slowsDown, at: Instant(seconds: 2000)) == .check)
    }
}
