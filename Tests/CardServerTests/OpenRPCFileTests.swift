import CardMethods
import JSONRPC
import Testing

struct OpenRPCFileTests {
    @Test func `the interface that is committed is the one that is served`() {
        let package = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let committed = FileText.read(package + "/openrpc.json")
        // Not as one expectation of two texts, whose difference would be told in half a million characters.
        let isSame = committed == InterfaceDocument.json().pretty
        #expect(isSame, "write it anew: ksbd openrpc > openrpc.json")
    }
}
