import Foundation
import Transfer

/// A topic and the server of ntfy that has it, from `https://server/topic`.
struct NtfyPlace {
    /// With the slash at its end: messages as JSON are posted to the server's root (docs.ntfy.sh, "Publish as JSON").
    let server: String
    let topic: String

    init(_ target: String) throws {
        _ = try HTTPPost(url: target, token: nil)
        let parts = URLComponents(string: target)
        let path = (parts?.path ?? "").split(separator: "/")
        guard var parts, let topic = path.last, parts.query == nil, parts.fragment == nil,
            topic.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        else { throw TransferError(.badLetter, "'\(target)' is not a topic like https://ntfy.sh/my-home") }
        self.topic = String(topic)
        parts.path = "/" + path.dropLast().map { $0 + "/" }.joined()
        server = parts.string ?? target
    }
}
