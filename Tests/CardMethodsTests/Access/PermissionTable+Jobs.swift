extension PermissionTable {
    static let jobs = """
        job.cancel                   ..oc.TRGMA..
        job.create                   ..oc.TRGMA..
        job.get                      ..oc.TRGMA..
        job.list                     ..oc.TRGMA..
        job.outcome                  ..oc.TRGMA..
        job.preview                  ..oc.TRGMA..
        job.retry                    ..oc.TRGMA..
        job.rows                     ..oc.TRGMA..
        job.start                    ..oc.TRGMA..
        job.subscribe                ..oc.TRGMA..
        job.unsubscribe              ..oc.TRGMA..
        job.upload                   ..oc.TRGMA..
        job.validate                 ..oc.TRGMA..
        """
}
