import Foundation
import HTTPTypes
import Hummingbird

/// Whether a request that changes something was made by our own pages; asked where the browser brought the session by itself.
enum SameOrigin {
    static func holds(for request: Request) -> Bool {
        if let origin = request.headers[.origin] {
            guard let host = request.head.authority, let url = URL(string: origin) else { return false }
            let port = url.port.map { ":\($0)" } ?? ""
            return (url.host(percentEncoded: false).map { $0 + port } ?? "").lowercased() == host.lowercased()
        }
        return HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }.map {
            ["same-origin", "none"].contains($0)
        }
            ?? false
    }
}
