extension RefusalScripts {
    /// Groups, families, associations and schools.
    static let groups = """
        groupPass.notFound
          administrator groupPass.get {"groupPassId":"NOWHERE"}
        groupPass.delegateNotFound
          administrator groupPassDelegate.remove {"groupPassId":"SCOUTS","delegateId":"NOWHERE"}
        groupPass.delegateExists
          administrator groupPassDelegate.add {"groupPassId":"SCOUTS","email":"guide@example.org"}
          administrator groupPassDelegate.add {"groupPassId":"SCOUTS","email":"guide@example.org"}
        groupPass.allowanceTooSmall
          administrator groupPassAllowance.change {"groupPassId":"SCOUTS","change":-21,"reason":"error"}
        endDate.tooEarly
          administrator groupPass.renew {"groupPassId":"SCOUTS","endDate":"2030-06-02"}
        family.memberNotFound
          librarian family.remove {"passHolderId":"HOLDER1","memberId":"NOWHERE"}
        family.alreadyMember
          librarian family.add {"passHolderId":"HOLDER1","cardNumber":"CARD1"}
        family.tooManyMembers
          administrator cardSystem.update {"cardSystemId":"HERE","familyMembersMaximum":1}
          librarian family.add {"passHolderId":"HOLDER1","cardNumber":"CARD2"}
        family.tooManyAdults
          administrator cardSystem.update {"cardSystemId":"HERE","familyAdultsMaximum":1}
          librarian family.add {"passHolderId":"HOLDER1","cardNumber":"CARD2"}
        family.mainMemberFixed
          librarian family.remove {"passHolderId":"HOLDER1","memberId":"HOLDER1"}
        association.notFound
          librarian associationMembership.create {"passHolderId":"HOLDER1","associationId":"NOWHERE"}
        association.membershipNotFound
          administrator association.create {"cardSystemId":"HERE","name":"Chiro"}
          administrator associationMembership.end {"passHolderId":"HOLDER1","associationId":"<1 id>"}
        association.nameTaken
          operating association.create {"cardSystemId":"THERE","name":"Okra"}
        association.cardSystemMismatch
          operating association.create {"cardSystemId":"THERE","name":"Chiro"}
          operating associationMembership.create {"passHolderId":"HOLDER1","associationId":"<1 id>",\
        "endDate":"2031-01-01"}
        association.tooOld
          administrator association.create {"cardSystemId":"HERE","name":"Chiro",\
        "endDateType":"basedOnDateOfBirth","termAmount":22,"termUnit":"years"}
          administrator associationMembership.create {"passHolderId":"HOLDER1","associationId":"<1 id>"}
        association.renewNotPossible
          administrator association.create {"cardSystemId":"HERE","name":"Chiro",\
        "endDateType":"basedOnRegistrationDate","termAmount":1,"termUnit":"years"}
          administrator associationMembership.create {"passHolderId":"HOLDER1","associationId":"<1 id>"}
          administrator associationMembership.create {"passHolderId":"HOLDER1","associationId":"<1 id>"}
        school.notFound
          librarian passHolder.setSchool {"passHolderId":"HOLDER1","schoolId":"LIBRARY"}
        counter.schoolInUse
          administrator counter.update {"counterId":"LIBRARY","isSchool":true}
          librarian passHolder.setSchool {"passHolderId":"HOLDER1","schoolId":"LIBRARY"}
          administrator counter.update {"counterId":"LIBRARY","isSchool":false}
        """
}
