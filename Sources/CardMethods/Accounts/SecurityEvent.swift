import CardRules
import Postgres

/// What somebody should look at who watches over the platform. Holds no address, token or password.
enum SecurityEvent: String, CaseIterable {
    case loginFailed = "login.failed"
    case accountLocked = "account.locked"
    case emailTokenWrong = "emailToken.wrong"
    case registrationOfTakenEmail = "registration.emailTaken"
    case setUpCodeWrong = "setUpCode.wrong"
    case inszUnknown = "insz.unknown"
    case passVoucherUnknown = "passVoucher.unknown"
    case birthDateWrong = "birthDate.wrong"
    case groupCardUnknown = "groupCard.unknown"
    case familyTokenWrong = "familyToken.wrong"
    case checkInCodeWrong = "checkInCode.wrong"
    case orderTokenWrong = "orderToken.wrong"

    /// - Parameters:
    ///   - source: Where it came from: an address without port.
    ///   - realNow: Real time.
    func note(from source: String, account: AccountID? = nil, at realNow: Instant) -> SQL {
        """
        insert into security_event (id, at, kind, source, account_id)
        values (\(ID<Never>(at: realNow)), \(realNow), \(rawValue), \(source), \(account))
        """
    }
}

extension Prelude {
    /// Writes down what somebody should look at.
    func note(_ event: SecurityEvent, account: AccountID? = nil) async throws {
        let (source, now) = (peer.source, services.clock.realNow)
        try await facts { transaction in
            _ = try transaction.execute(event.note(from: source, account: account, at: now))
        }
    }
}
