import Glibc

/// The parameters that the daemon's own PostgreSQL runs with. They are given on the command line: root writes no file
/// into a folder that another account owns.
struct PostgresTuning {
    /// Bytes of memory of the machine.
    var memory: Int
    /// Whether this PostgreSQL was built with LZ4.
    var hasLZ4: Bool

    static var machineMemory: Int { sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) }

    func parameters(socketFolder: String) -> [String: String] {
        let megabytes = memory >> 20
        return [
            // Reached by a socket alone. Its folder is closed to others already; this closes the socket itself.
            "listen_addresses": "",
            "unix_socket_directories": socketFolder,
            "unix_socket_permissions": "0700",
            "port": "5432",
            // For the largest pool that can be configured, and some more.
            "max_connections": "300",
            // Few checkpoints: after each one every page goes into the log whole, which costs a third of the speed.
            "shared_buffers": "\(min(1024, max(32, megabytes / 4)))MB",
            "effective_cache_size": "\(max(64, megabytes / 2))MB",
            "max_wal_size": "4GB",
            "checkpoint_timeout": "15min",
            "wal_compression": hasLZ4 ? "lz4" : "on",
            "fsync": "on",
            "synchronous_commit": "on",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            // Into our own log, without prefix. What people sent must not stand there: no statement, no detail of an
            // error ("Key (email)=(…) already exists").
            "log_destination": "stderr",
            "logging_collector": "off",
            "log_line_prefix": "",
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "lc_messages": "C",
        ]
    }
}
