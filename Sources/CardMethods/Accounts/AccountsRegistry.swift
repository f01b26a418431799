extension Registry {
    static let accounts: [RegisteredMethod] = [
        RegisteredMethod(AccountChangePassword.self),
        RegisteredMethod(AccountConfirmEmail.self),
        RegisteredMethod(AccountList.self),
        RegisteredMethod(AccountRegister.self),
        RegisteredMethod(AccountUnlock.self),
        RegisteredMethod(MailList.self),
        RegisteredMethod(RoleGrant.self),
        RegisteredMethod(RoleList.self),
        RegisteredMethod(RoleRevoke.self),
        RegisteredMethod(SessionChooseCounter.self),
        RegisteredMethod(SessionCounters.self),
        RegisteredMethod(SessionGet.self),
        RegisteredMethod(SessionLogin.self),
        RegisteredMethod(SessionLogout.self),
        RegisteredMethod(SessionResume.self),
    ]
}
