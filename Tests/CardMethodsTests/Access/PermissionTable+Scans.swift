extension PermissionTable {
    static let scans = """
        scan.act                     .....TRG.A..
        scan.look                    .....TRG.A..
        """
}

extension OtherTenantTests {
    static let scansExempt: [String: String] = [
        "scan.act": "passes and advantages are used everywhere", "scan.look": "passes are used everywhere",
    ]
}
