import CardRules
import Testing

struct PermissionTests {
    @Test func `Permissions are written as area and verb, and have a label in three languages`() throws {
        for permission in Permission.allCases {
            let parts = permission.rawValue.split(separator: ".", omittingEmptySubsequences: false)
            #expect(parts.count == 2)
            for part in parts {
                #expect(
                    part.first?.isLowercase == true && part.allSatisfy { $0.isASCII && $0.isLetter }, "\(permission)")
            }
        }
        let labels = Permission.allCases.map(\.label)
        for language in [labels.map(\.nl), labels.map(\.en), labels.map(\.fr)] {
            #expect(Set(language).count == Permission.allCases.count)
            #expect(language.allSatisfy { !$0.isEmpty })
        }
    }

    @Test(arguments: [
        // permission | groups that have it
        ("checkIn.write", "checkInAndTicketCounter plainRegistrationCounter authorisedRegistrationCounter"),
        ("ticketSale.register", "checkInAndTicketCounter plainRegistrationCounter authorisedRegistrationCounter"),
        ("tariff.read", "checkInAndTicketCounter plainRegistrationCounter authorisedRegistrationCounter"),
        ("advantage.redeem", "checkInAndTicketCounter plainRegistrationCounter authorisedRegistrationCounter"),
        ("pass.read", "checkInAndTicketCounter plainRegistrationCounter authorisedRegistrationCounter"),
        ("passHolder.register", "plainRegistrationCounter authorisedRegistrationCounter"),
        ("card.read", "plainRegistrationCounter authorisedRegistrationCounter"),
        ("passHolder.registerOpportunity", "authorisedRegistrationCounter"),
        ("passHolder.registerWithoutInsz", "authorisedRegistrationCounter"),
        ("card.block", "authorisedRegistrationCounter"),
        ("passHolder.registerOpportunityWholeCardSystem", ""), ("passHolder.registerForeign", ""),
        ("eventSettings.write", ""), ("card.write", ""), ("voucher.redeem", "merchant"),
    ])
    func `REG-06 REG-12 MEM-09 the standard groups hold what the manual gives them`(name: String, groups: String) throws
    {
        let permission = try #require(Permission(rawValue: name))
        let holders = StandardGroup.allCases.filter { $0.permissions.contains(permission) }.map(\.rawValue)
        #expect(holders.joined(separator: " ") == groups)
    }
}
