import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// What went wrong with a connection, in words for the person in front of the terminal.
enum ConnectionReason {
    static func text(of error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { text(of: $0.error) } ?? "the name is not known"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout(let time): "no answer within \(time.nanoseconds / 1_000_000_000) s"
        case ChannelError.eof: "the daemon closed the connection"
        case is NotJSONRPC: "what answers there is not ksbd"
        case NIOSSLError.uncleanShutdown: "the daemon closed the connection"
        case NIOSSLError.handshakeFailed(let error): "TLS: \(error)"
        default: "\(error)"
        }
    }
}
