extension PermissionTable {
    /// What pass holders do themselves, and the public.
    static let selfService = """
        holder.cards                 ...........h
        holder.checkIn               ...........h
        holder.emailStatus           saocmTRGMAph
        holder.get                   .aocmTRGMA.h
        holder.history               ...........h
        holder.link                  .aocmTRGMA.h
        holder.loginStatus           saocmTRGMAph
        holder.points                ...........h
        holder.register              .aocmTRGMA.h
        holder.registrationToken     saocmTRGMAph
        holder.unlink                ...........h
        merchant.list                saocmTRGMAph
        order.cancel                 saocmTRGMAph
        order.confirmPayment         ..oc........
        order.create                 saocmTRGMAph
        order.get                    saocmTRGMAph
        order.list                   ..oc........
        passHolder.unlinkLogin       ..oc........
        """
}
