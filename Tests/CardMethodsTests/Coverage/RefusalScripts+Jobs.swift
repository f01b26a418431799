extension RefusalScripts {
    static let jobs = """
        job.notFound
          administrator job.get {"jobId":"NOWHERE"}
        job.methodNotBulk
          administrator job.create {"cardSystemId":"HERE","method":"card.list","name":"x"}
        job.wrongState
          administrator job.create {"cardSystemId":"HERE","method":"card.block","name":"x"}
          administrator job.start {"jobId":"<1 id>"}
        job.uploadOutOfTurn
          administrator job.create {"cardSystemId":"HERE","method":"card.block","name":"x"}
          administrator job.upload {"jobId":"<1 id>","offset":7,"text":"x"}
        job.columnsInvalid
          administrator job.create {"cardSystemId":"HERE","method":"card.block","name":"x"}
          administrator job.upload {"jobId":"<1 id>","offset":0,"text":"cardNumber;reason;x\\n","isLast":true}
          administrator job.validate {"jobId":"<1 id>"}
        job.nothingToRetry
          administrator job.create {"cardSystemId":"HERE","method":"card.block","name":"x"}
          administrator job.upload {"jobId":"<1 id>","offset":0,"text":"cardNumber;reason\\nCARD1;x","isLast":true}
          administrator job.validate {"jobId":"<1 id>"}
          jobs work
          administrator job.start {"jobId":"<1 id>"}
          jobs work
          administrator job.retry {"jobId":"<1 id>"}
        job.fileErased
          administrator job.create {"cardSystemId":"HERE","method":"card.block","name":"x"}
          jobs erase
          administrator job.outcome {"jobId":"<1 id>"}
        """
}
