extension RefusalScripts {
    static let privacy = """
        merge.notFound
          administrator passHolder.unmerge {"mergeId":"NOWHERE","reason":"mistake"}
        merge.samePerson
          administrator passHolder.merge {"kept":"HOLDER1","merged":"HOLDER1","reason":"double"}
        merge.inszDiffer
          librarian register {}
          librarian register {"insz":"85031799609","gender":"female"}
          administrator passHolder.merge {"kept":"<1 passHolderId>","merged":"<2 passHolderId>","reason":"double"}
        merge.alreadyUndone
          librarian register {}
          administrator passHolder.merge {"kept":"HOLDER1","merged":"<1 passHolderId>","reason":"double"}
          administrator passHolder.unmerge {"mergeId":"<2 mergeId>","reason":"mistake"}
          administrator passHolder.unmerge {"mergeId":"<2 mergeId>","reason":"mistake"}
        merge.changedSince
          librarian register {}
          administrator passHolder.merge {"kept":"HOLDER1","merged":"<1 passHolderId>","reason":"double"}
          administrator passHolder.block {"passHolderId":"HOLDER1","cardSystemId":"HERE","reason":"abuse"}
          administrator passHolder.unmerge {"mergeId":"<2 mergeId>","reason":"mistake"}
        points.held
          librarian checkIn.create {"eventId":"EVENT1","cardNumber":"CARD1"}
          ledger hold 1
          administrator passHolder.remove {"passHolderId":"HOLDER1","reason":"asked"}
        """
}
