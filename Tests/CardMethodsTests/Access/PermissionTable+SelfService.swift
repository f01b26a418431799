extension PermissionTable {
    /// What pass holders do themselves, and the public.
    static let selfService = """
        holder.emailStatus           saocmTRGMAph
        holder.link                  .aocmTRGMA.h
        holder.loginStatus           saocmTRGMAph
        holder.registrationToken     saocmTRGMAph
        holder.unlink                ...........h
        passHolder.unlinkLogin       ..oc........
        """
}
