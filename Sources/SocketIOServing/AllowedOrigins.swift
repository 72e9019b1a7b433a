/// Which web pages may talk to the server; what is no web page sends no origin and is not meant.
package enum AllowedOrigins: Sendable {
    /// Those that the server itself serves.
    case own
    /// Those, and pages of these origins, such as `https://home.example`.
    case listed(Set<String>)
    /// All of them.
    case any

    /// - Parameter host: the host and port that the request was sent to.
    func allow(_ origin: String, at host: String?) -> Bool {
        if let host, let start = origin.range(of: "://"), origin[start.upperBound...].lowercased() == host.lowercased()
        {
            return true
        }
        switch self {
        case .own: return false
        case .listed(let origins): return origins.contains(origin)
        case .any: return true
        }
    }
}
