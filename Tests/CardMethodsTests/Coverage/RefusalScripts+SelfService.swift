extension RefusalScripts {
    /// What pass holders do themselves.
    static let selfService = """
        passHolder.proofWrong
          stranger holder.registrationToken {"cardNumber":"NEW1","dateOfBirth":"1990-01-01"}
        passHolder.noLogin
          administrator passHolder.unlinkLogin {"passHolderId":"HOLDER1","reason":"not his"}
        passHolder.alreadyRegistered
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          librarian holder.link {"token":"<3 token>"}
        passHolder.alreadyRegistered account.alreadyLinked
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<1 token>"}
          stranger holder.registrationToken {"cardNumber":"CARD1","dateOfBirth":"1990-01-01"}
          guide holder.link {"token":"<3 token>"}
        """
}
