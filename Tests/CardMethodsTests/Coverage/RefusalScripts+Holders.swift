extension RefusalScripts {
    /// What is against keeping a pass holder's data, one for each kind.
    static let holders = """
        insz.alreadyKnown
          librarian register {}
          librarian passHolder.update {"passHolderId":"<1 passHolderId>","insz":"85.03.17-995.10"}
        address.outsideRegion
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          librarian register {"opportunity":{}}
          librarian passHolder.update {"passHolderId":"<2 passHolderId>","address":{"postalCode":"9000","city":"Gent"}}
        city.notOfPostalCode
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880"]}
          librarian register {"address":{"postalCode":"9900","city":"aalter"}}
        passHolder.likelyDuplicate
          librarian register {}
          librarian register {"insz":null,"duplicateConfirmed":false}
        passHolder.pictureNotFound
          librarian passHolder.picture {"passHolderId":"HOLDER1"}
        """

    /// The same kinds by other methods.
    static let furtherHolders = """
        passHolder.notFound
          administrator passHolder.update {"passHolderId":"NOWHERE","name":"X"}
        city.notOfPostalCode
          administrator municipality.add {"cardSystemId":"HERE","name":"Eeklo","postalCodes":["9900"]}
          administrator municipality.add {"cardSystemId":"HERE","name":"Aalter","postalCodes":["9880"]}
          librarian passHolder.update {"passHolderId":"HOLDER1","address":{"postalCode":"9880","city":"Eeklo"}}
        registration.foreignNotAllowed
          without passHolder.registerForeign
          librarian passHolder.update {"passHolderId":"HOLDER1",\
        "address":{"postalCode":"75001","city":"Paris","country":"FR"}}
        insz.mismatch
          librarian passHolder.update {"passHolderId":"HOLDER1","insz":"85031799708"}
        insz.alreadyUsed
          librarian register {}
          librarian passHolder.update {"passHolderId":"HOLDER1","dateOfBirth":"1985-03-17","insz":"85031799708"}
        passHolder.birthDateInFuture registration.consentMissing
          librarian passHolder.update {"passHolderId":"HOLDER1","dateOfBirth":"2030-06-04"}
        registration.termsMissing
          librarian passHolder.update {"passHolderId":"HOLDER1","legalTermsDigital":false}
        registration.optInImpossible
          librarian passHolder.update {"passHolderId":"HOLDER1","optIns":["sms"]}
        cardSystem.notFound
          operating passHolder.note {"passHolderId":"HOLDER1","cardSystemId":"NOWHERE"}
        passHolder.notFound
          librarian passHolder.setNote {"passHolderId":"NOWHERE","cardSystemId":"HERE","note":"X"}
        cardSystem.notFound
          operating passHolder.listDuplicates {"cardSystemId":"NOWHERE"}
        passHolder.notFound
          librarian passHolder.findDuplicates {"passHolderId":"NOWHERE"}
        passHolder.notFound
          librarian passHolder.setPicture {"passHolderId":"NOWHERE","picture":"\(PictureSamples.dot)"}
        passHolder.pictureNotFound
          librarian passHolder.removePicture {"passHolderId":"HOLDER1"}
        permission.notHeld
          without passHolderPicture.write
          librarian register {"picture":"\(PictureSamples.dot)"}
        """
}
