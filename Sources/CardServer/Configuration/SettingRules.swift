import Glibc
import JSONRPC

/// What must hold between settings.
extension Settings {
    /// - Parameter isDemo: Whether the daemon will serve a demo world, whose accounts everybody knows.
    func refuseContradictions(_ reader: inout SettingReader, isDemo: Bool) {
        refuseOpenListeners(&reader, isDemo: isDemo)
        refuseHalfTLS(&reader)
        refuseDatabase(&reader)
        if testing.failpoint != nil, !testing.allowFailpoints {
            reader.refuse("testing.allowFailpoints", "must be on where KSBD_FAILPOINT is set")
        }
        let wire = limits.wire
        for (key, isAbove, other) in [
            ("messageBytesBeforeLogin", wire.messageBytesBeforeLogin > wire.messageBytes, "messageBytes"),
            ("messageBytes", wire.messageBytes > wire.pictureMessageBytes, "pictureMessageBytes"),
            ("pictureMessageBytes", wire.pictureMessageBytes > wire.importMessageBytes, "importMessageBytes"),
            ("outboundPauseBytes", wire.outboundPauseBytes > wire.outboundCloseBytes, "outboundCloseBytes"),
        ] where isAbove {
            reader.refuse("limits." + key, "must not be above limits." + other)
        }
    }

    /// The listeners that other machines can reach, by the key of their address.
    private var openListeners: [String] {
        var open: [String] = []
        if !Self.isLoopback(rpc.host) { open.append("rpc.host") }
        if rpc.tls.port != nil, !Self.isLoopback(rpc.tls.host) { open.append("rpc.tls.host") }
        if !Self.isLoopback(http.host) { open.append("http.host") }
        return open
    }

    private func refuseOpenListeners(_ reader: inout SettingReader, isDemo: Bool) {
        let open = openListeners
        if open.contains("rpc.host"), !rpc.allowPlaintext {
            reader.refuse(
                "rpc.host",
                "must be a loopback address such as 127.0.0.1: passwords would cross the network readable; use "
                    + "rpc.tls, or set rpc.allowPlaintext if the network encrypts by itself")
        }
        if open.contains("http.host"), !http.allowPlaintext {
            reader.refuse(
                "http.host",
                "must be a loopback address such as 127.0.0.1, with a proxy that speaks TLS before it; if that "
                    + "proxy is another machine, set http.allowPlaintext")
        }
        let reasons = [
            (isDemo, "a demo world's passwords are known to everybody"),
            (testing.clockControl, "testing.clockControl is on"),
            (testing.allowFailpoints, "testing.allowFailpoints is on"),
        ].filter(\.0).map(\.1)
        if !reasons.isEmpty {
            for key in open {
                reader.refuse(key, "must be a loopback address, for " + reasons.joined(separator: " and "))
            }
        }
        if rpc.port != 0, rpc.port == http.port { reader.refuse("http.port", "must differ from rpc.port") }
    }

    private func refuseHalfTLS(_ reader: inout SettingReader) {
        let parts = ["rpc.tls.port", "rpc.tls.certificateFile", "rpc.tls.keyFile"]
        guard parts.contains(where: reader.isSet) else { return }
        for key in parts where !reader.isSet(key) {
            reader.refuse(key, "must be set too: a TLS listener needs a port, a certificate and its key")
        }
    }

    private func refuseDatabase(_ reader: inout SettingReader) {
        for (key, url, file) in [
            ("database.url", database.url, "database.passwordFile"),
            ("database.ownerUrl", database.ownerUrl, "database.ownerPasswordFile"),
        ] {
            if let url, ConnectionText(url).holdsPassword {
                reader.refuse(key, "must not hold a password; put it in a file and name that in \(file)")
            }
        }
        guard database.url == nil else {
            if keys.isStandard {
                reader.refuse(
                    "keys.file", "must be set with database.url: all daemons of a database need the same master key")
            }
            return
        }
        let needless = ["database.passwordFile", "database.ownerUrl", "database.ownerPasswordFile"]
        for key in needless where reader.isSet(key) {
            reader.refuse(key, "means something only with database.url")
        }
    }

    /// Whether an address reaches this machine only.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    }
}
