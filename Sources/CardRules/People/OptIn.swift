/// Something that a pass holder can ask to be sent.
public enum OptIn: String, Sendable, CaseIterable {
    case serviceMails, milestoneMails, infoMails, sms, post

    /// Comes by e-mail.
    public var isMail: Bool {
        switch self {
        case .serviceMails, .milestoneMails, .infoMails: true
        case .sms, .post: false
        }
    }
}
