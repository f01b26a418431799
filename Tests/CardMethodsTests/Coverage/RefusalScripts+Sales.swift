extension RefusalScripts {
    /// Prices, vouchers and end dates wherever else than at a registration a card is issued.
    static let furtherSales = scripts([set, replace, move].map(\.text) + [registration])

    private static let registration = """
        opportunityStatus.datePassed
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{"endDate":"2030-06-02"}}
        """

    private static let set = Sale(
        call: """
            operating membership.set {"passHolderId":"HOLDER1","cardSystemId":"HERE","counterId":"LIBRARY",\
            "cardType":"digital",
            """)
    private static let replace = Sale(
        call: #"operating card.replace {"cardNumber":"CARD1","counterId":"LIBRARY","cardType":"digital","#)
    private static let move = Sale(
        call: """
            operating passHolder.move {"passHolderId":"HOLDER1","fromCardSystemId":"HERE","toCardSystemId":"THERE",\
            "counterId":"ELSEWHERE","cardType":"digital","address":{"postalCode":"9000","city":"Gent"},
            """, postalCode: "9000", city: "Gent", administrator: "otherAdministrator", cardSystem: "THERE",
        counter: "ELSEWHERE",
        elsewhere: ("administrator", "HERE"))

    /// A call that sells a card in a card system.
    private struct Sale {
        /// Up to the parameter that is different.
        let call: String
        /// Where the person lives then.
        var postalCode = "9900"
        var city = "Eeklo"
        var administrator = "administrator"
        var cardSystem = "HERE"
        var counter = "LIBRARY"
        /// Who administers which other card system.
        var elsewhere = ("otherAdministrator", "THERE")

        private func type(_ more: String = "") -> String {
            """
            \(administrator) passVoucherType.create {"cardSystemId":"\(cardSystem)","name":"N","prefix":"AA"\(more)}
            """
        }

        private func issue(_ step: Int) -> String {
            #"\#(administrator) passVoucher.issue {"passVoucherTypeId":"<\#(step) id>","count":1}"#
        }

        private func prices(_ rows: String) -> String {
            #"\#(administrator) priceList.set {"cardSystemId":"\#(cardSystem)","rows":[\#(rows)]}"#
        }

        private func sold(_ more: String) -> String { #"\#(call)"opportunity":{},\#(more)}"# }
        private func sold(voucherOf step: Int) -> String { sold(#""voucherCode":"<\#(step) codes 0>""#) }

        var text: String {
            let home = """
                \(administrator) municipality.add {"cardSystemId":"\(cardSystem)","name":"\(city)",\
                "postalCodes":["\(postalCode)"]}
                """
            let scripts: [(String, [String])] = [
                ("opportunityStatus.datePassed", [call + #""opportunity":{"endDate":"2030-06-02"}}"#]),
                (
                    "price.unknown",
                    [
                        prices(#"{"label":"L","reason":"firstCard","priceCents":500}"#),
                        #"\#(call)"opportunity":{}}"#,
                    ]
                ),
                ("price.changed", [sold(#""expectedPriceCents":300"#)]),
                ("passVoucher.unknown", [sold(#""voucherCode":"AA-1111""#)]),
                ("passVoucher.notApplicable", [type(), issue(2), sold(voucherOf: 3)]),
                (
                    "passVoucher.used",
                    [
                        type(),
                        prices(
                            #"{"label":"A","reason":"firstCard","passVoucherTypeId":"<2 id>","priceCents":0}"#),
                        issue(2),
                        """
                        operating register {"cardSystemId":"\(cardSystem)","counterId":"\(counter)",\
                        "voucherCode":"<4 codes 0>"}
                        """,
                        prices(""), sold(voucherOf: 4),
                    ]
                ),
                (
                    "passVoucher.void",
                    [
                        type(), issue(2), #"\#(administrator) passVoucher.list {"passVoucherTypeId":"<2 id>"}"#,
                        #"\#(administrator) passVoucher.void {"passVoucherId":"<4 items 0 id>","reason":"lost"}"#,
                        sold(voucherOf: 3),
                    ]
                ),
                (
                    "passVoucher.notValidNow",
                    [type(#","validUntil":"2030-06-02""#), issue(2), sold(voucherOf: 3)]
                ),
                (
                    "passVoucher.otherMunicipality",
                    [
                        """
                        \(administrator) municipality.add {"cardSystemId":"\(cardSystem)","name":"Aalter",\
                        "postalCodes":["9880"]}
                        """,
                        type(#","municipalityId":"<2 id>""#), issue(3), sold(voucherOf: 4),
                    ]
                ),
                (
                    "passVoucher.otherCardSystem",
                    [
                        """
                        \(elsewhere.0) passVoucherType.create {"cardSystemId":"\(elsewhere.1)","name":"N","prefix":"AA"}
                        """,
                        #"\#(elsewhere.0) passVoucher.issue {"passVoucherTypeId":"<2 id>","count":1}"#,
                        sold(voucherOf: 3),
                    ]
                ),
            ]
            return scripts.map { kind, steps in
                ([kind] + ([home] + steps).map { "  " + $0 }).joined(separator: "\n")
            }.joined(separator: "\n")
        }
    }
}
