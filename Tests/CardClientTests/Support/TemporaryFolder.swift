import FoundationEssentials
import Glibc

/// A folder for one test, removed with what is in it.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() {
        var template = Array("/tmp/ksb-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    func put(_ text: String, in name: String, mode: mode_t = 0o600) {
        let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, mode)
        _ = write(file, text, text.utf8.count)
        fchmod(file, mode)
        close(file)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
