extension RefusalScripts {
    static let prices = """
        price.unknown
          administrator priceList.set {"cardSystemId":"HERE","rows":[{"label":"L","reason":"defect","priceCents":500}]}
          librarian register {}
        price.changed
          librarian register {"expectedPriceCents":300}
        price.rowOverlaps
          administrator priceList.set {"cardSystemId":"HERE","rows":[{"label":"A","reason":"defect","priceCents":500},\
        {"label":"B","reason":"defect","cardType":"digital","priceCents":500}]}
        passVoucherType.notFound
          administrator passVoucher.issue {"passVoucherTypeId":"NOWHERE","count":1}
        passVoucherType.nameTaken
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA"}
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"BB"}
        passVoucherType.prefixTaken
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA"}
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"M","prefix":"AA"}
        passVoucher.notFound
          administrator passVoucher.void {"passVoucherId":"NOWHERE","reason":"lost"}
        passVoucher.unknown
          librarian register {"voucherCode":"AA-1111"}
        passVoucher.notApplicable
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA"}
          administrator passVoucher.issue {"passVoucherTypeId":"<1 id>","count":1}
          librarian register {"voucherCode":"<2 codes 0>"}
        passVoucher.used
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA"}
          administrator priceList.set {"cardSystemId":"HERE","rows":[{"label":"A","reason":"firstCard",\
        "passVoucherTypeId":"<1 id>","priceCents":0}]}
          administrator passVoucher.issue {"passVoucherTypeId":"<1 id>","count":1}
          librarian register {"voucherCode":"<3 codes 0>"}
          administrator priceList.set {"cardSystemId":"HERE","rows":[]}
          librarian register {"voucherCode":"<3 codes 0>","insz":null,"name":"Maes"}
        passVoucher.void
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA"}
          administrator passVoucher.issue {"passVoucherTypeId":"<1 id>","count":1}
          administrator passVoucher.list {"passVoucherTypeId":"<1 id>"}
          administrator passVoucher.void {"passVoucherId":"<3 items 0 id>","reason":"lost"}
          librarian register {"voucherCode":"<2 codes 0>"}
        passVoucher.notValidNow
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA",\
        "validUntil":"2030-06-02"}
          administrator passVoucher.issue {"passVoucherTypeId":"<1 id>","count":1}
          librarian register {"voucherCode":"<2 codes 0>"}
        passVoucher.otherMunicipality
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880"]}
          administrator passVoucherType.create {"cardSystemId":"HERE","name":"N","prefix":"AA",\
        "municipalityId":"<1 id>"}
          administrator passVoucher.issue {"passVoucherTypeId":"<2 id>","count":1}
          librarian register {"voucherCode":"<3 codes 0>"}
        passVoucher.otherCardSystem
          otherAdministrator passVoucherType.create {"cardSystemId":"THERE","name":"N","prefix":"AA"}
          otherAdministrator passVoucher.issue {"passVoucherTypeId":"<1 id>","count":1}
          operating register {"voucherCode":"<2 codes 0>","counterId":"LIBRARY"}
        """
}
