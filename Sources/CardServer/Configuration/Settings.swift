import Logging

/// Every setting of the daemon. The path of a property is the setting's key: `settings.rpc.port` is `rpc.port`.
///
/// These initialisers are the one table of settings. The configuration file, the environment, `config.example.json`,
/// the reference in deploy/settings.md and `ksbd check-config` all follow from them.
public struct Settings: Sendable {
    public let rpc: RPC
    public let http: HTTP
    public let database: Database
    public let data: DataFolder
    public let keys: Keys
    public let log: Log
    public let login: Login
    public let sessions: Sessions
    public let identity: Identity
    public let limits: Limits
    public let testing: Testing

    init(from reader: inout SettingReader, on host: SettingHost) {
        rpc = RPC(from: &reader)
        http = HTTP(from: &reader)
        database = Database(from: &reader, on: host)
        data = DataFolder(from: &reader, on: host)
        keys = Keys(from: &reader, in: data)
        log = Log(from: &reader)
        login = Login(from: &reader)
        sessions = Sessions(from: &reader)
        identity = Identity(from: &reader)
        limits = Limits(from: &reader)
        testing = Testing(from: &reader, on: host)
    }

    /// JSON-RPC over TCP and TLS.
    public struct RPC: Sendable {
        public let host: String
        /// 0 lets the system choose a free port.
        public let port: Int
        public let allowPlaintext: Bool
        public let tls: TLS

        init(from reader: inout SettingReader) {
            host = reader.text("rpc.host", "127.0.0.1", "Address of the plain TCP listener.")
            port = reader.integer("rpc.port", 7420, in: 0...65_535, "Its port; 0 takes any free one.")
            allowPlaintext = reader.boolean(
                "rpc.allowPlaintext", false,
                "Lets the plain listener leave loopback, for a network that encrypts by itself.")
            tls = TLS(from: &reader)
        }
    }

    /// The TLS listener; there is one if `port` is set.
    public struct TLS: Sendable {
        public let host: String
        public let port: Int?
        /// PEM, the server's own certificate first.
        public let certificateFile: String?
        public let keyFile: SecretFile?

        init(from reader: inout SettingReader) {
            host = reader.text("rpc.tls.host", "0.0.0.0", "Address of the TLS listener.")
            port = reader.optionalInteger("rpc.tls.port", in: 0...65_535, "Its port; without one nobody listens.")
            certificateFile = reader.file(
                "rpc.tls.certificateFile", "PEM file of the certificate and those between it and its root.",
                isReloadable: true)
            keyFile = reader.secretFile("rpc.tls.keyFile", "PEM file of its private key.", isReloadable: true)
        }
    }

    /// The same methods at `POST /rpc`, beside `/health`, `/ready` and `/metrics`.
    public struct HTTP: Sendable {
        public let host: String
        /// 0 lets the system choose a free port.
        public let port: Int
        public let allowPlaintext: Bool

        init(from reader: inout SettingReader) {
            host = reader.text("http.host", "127.0.0.1", "Address of the HTTP listener.")
            port = reader.integer("http.port", 7480, in: 0...65_535, "Its port; 0 takes any free one.")
            allowPlaintext = reader.boolean(
                "http.allowPlaintext", false,
                "Lets HTTP leave loopback, behind a proxy that speaks TLS on a network of its own.")
        }
    }

    /// Where the data is. Without `url` the daemon runs a PostgreSQL of its own in `data.directory`.
    public struct Database: Sendable {
        public let url: String?
        public let passwordFile: SecretFile?
        public let ownerUrl: String?
        public let ownerPasswordFile: SecretFile?
        /// Connections for calls that run one by one.
        public let poolSize: Int
        /// Connections for the calls that run in batches.
        public let batchConnections: Int

        init(from reader: inout SettingReader, on host: SettingHost) {
            url = reader.optionalText(
                "database.url", "libpq's URL or key words for the daemon's role; without it an own PostgreSQL is run.")
            passwordFile = reader.secretFile("database.passwordFile", "File of that role's password, if it has one.")
            ownerUrl = reader.optionalText("database.ownerUrl", "The same for the role that owns the schema: migrate.")
            ownerPasswordFile = reader.secretFile("database.ownerPasswordFile", "File of the owner's password.")
            poolSize = reader.integer(
                "database.poolSize", 8, in: 1...200, "Connections for calls that run one by one.")
            batchConnections = reader.integer(
                "database.batchConnections", computed: min(host.cores, 64), as: "one per core", in: 1...64,
                "Connections for check-ins and the other calls that run in batches.")
        }
    }

    /// What the daemon keeps on disk itself.
    public struct DataFolder: Sendable {
        /// Absolute.
        public let directory: String

        init(from reader: inout SettingReader, on host: SettingHost) {
            let path = reader.text(
                "data.directory", computed: host.dataDirectory,
                as: "$STATE_DIRECTORY; else /var/lib/ksbd for root, ~/.local/state/ksbd for others",
                "Folder for the daemon's own PostgreSQL and keys; made if it is missing.")
            if path == nil { reader.refuse("data.directory", "must be set, for there is no home directory") }
            directory = host.absolute(path ?? "/")
        }
    }

    /// The master key, under which personal numbers are encrypted and tokens are hashed.
    public struct Keys: Sendable {
        public let file: SecretFile
        /// Whether nobody named a file, so that the daemon makes its own.
        let isStandard: Bool

        init(from reader: inout SettingReader, in data: DataFolder) {
            file = reader.secretFile(
                "keys.file", computed: SecretFile(path: data.directory + "/master.key"),
                as: "master.key in data.directory, made at the first start",
                "File of the master keys; `ksbd keys rotate` adds one.")
            isStandard = !reader.isSet("keys.file")
        }
    }

    public struct Log: Sendable {
        /// How lines are written.
        public enum Format: String, Sendable, CaseIterable { case auto, json, text }

        public let level: Logger.Level
        public let format: Format

        init(from reader: inout SettingReader) {
            level = reader.word("log.level", Logger.Level.info, "The least grave lines to write.")
            format = reader.word("log.format", Format.auto, "auto: text on a terminal, json elsewhere.")
        }
    }

    public struct Login: Sendable {
        /// 0 never locks.
        public let lockAfterFailures: Int

        init(from reader: inout SettingReader) {
            lockAfterFailures = reader.integer(
                "login.lockAfterFailures", 5, in: 0...100,
                "Wrong passwords in a row that lock an account of counter staff; 0 never does.")
        }
    }

    public struct Sessions: Sendable {
        public let idleHours: Int
        public let maximumDays: Int

        init(from reader: inout SettingReader) {
            idleHours = reader.integer("sessions.idleHours", 12, in: 1...720, "Silence after which a session ends.")
            maximumDays = reader.integer("sessions.maximumDays", 7, in: 1...90, "Age at which a session ends.")
        }
    }

    /// What only tests and demonstrations may switch on, with every listener on loopback.
    public struct Testing: Sendable {
        public let clockControl: Bool
        public let allowFailpoints: Bool
        /// The failpoints to reach, from the variable `KSBD_FAILPOINT`: a test sets them for one run, never a file.
        public let failpoint: String?

        init(from reader: inout SettingReader, on host: SettingHost) {
            clockControl = reader.boolean(
                "testing.clockControl", false, "Lets the operator move business time, in a test or demo world.")
            allowFailpoints = reader.boolean(
                "testing.allowFailpoints", false, "Hears KSBD_FAILPOINT, which makes the daemon fail at named points.")
            failpoint = host.environment["KSBD_FAILPOINT"].flatMap { $0.isEmpty ? nil : $0 }
        }
    }
}
