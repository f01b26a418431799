import CardRules

extension RefusalScripts {
    static let advantages = """
        advantage.notFound
          administrator advantage.get {"advantageId":"NOWHERE"}
        advantage.notOnline
          administrator advantage.create {"cardSystemId":"HERE","type":"welcome","title":"T","promotionalText":"P",\
        "publicationPeriod":{"from":"2030-06-01"},"redeemLink":"https://a.example"}
        advantage.frozen
          administrator advantage.create {"cardSystemId":"HERE","type":"welcome","title":"T","promotionalText":"P",\
        "publicationPeriod":{"from":"2030-06-01"}}
          librarian register {}
          administrator advantage.update {"advantageId":"<1 id>","grantingPeriod":{"from":"2030-06-10"}}
        advantageCode.notFound
          administrator advantage.create {"cardSystemId":"HERE","type":"welcome","title":"T","promotionalText":"P",\
        "publicationPeriod":{"from":"2030-06-01"},"online":true}
          administrator advantageCode.void {"advantageId":"<1 id>","advantageCodeId":"NOWHERE","reason":"lost"}
        advantageCode.notFree
          administrator advantage.create {"cardSystemId":"HERE","type":"welcome","title":"T","promotionalText":"P",\
        "publicationPeriod":{"from":"2030-06-01"},"online":true}
          administrator advantageCode.import {"advantageId":"<1 id>","csv":"A1"}
          administrator advantageCode.list {"advantageId":"<1 id>"}
          administrator advantageCode.void {"advantageId":"<1 id>","advantageCodeId":"<3 items 0 id>","reason":"lost"}
          administrator advantageCode.void {"advantageId":"<1 id>","advantageCodeId":"<3 items 0 id>","reason":"lost"}
        """
}
