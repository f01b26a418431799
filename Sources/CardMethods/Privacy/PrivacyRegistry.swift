extension Registry {
    static let privacy: [RegisteredMethod] = [
        RegisteredMethod(INSZTellStatus.self),
        RegisteredMethod(PassHolderExport.self),
        RegisteredMethod(PassHolderINSZReads.self),
        RegisteredMethod(PassHolderListMerges.self),
        RegisteredMethod(PassHolderMerge.self),
        RegisteredMethod(PassHolderPreviewMerge.self),
        RegisteredMethod(PassHolderRemove.self),
        RegisteredMethod(PassHolderUnmerge.self),
    ]
}
