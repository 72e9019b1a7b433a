import Foundation

/// The cookie by which a browser says who is logged in.
enum SessionCookie {
    static let name = "wattbuddy_session"

    static func setting(_ token: String, seconds: Int, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    /// The session among the cookies that a request brings (RFC 6265, 4.2).
    static func token(in cookies: [String]) -> String? {
        cookies.flatMap { $0.split(separator: ";") }.lazy
            .map { $0.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) } }
            .first { $0.count == 2 && $0[0] == name }?[1]
    }

    static func removing(isSecure: Bool) -> String {
        setting("", seconds: 0, isSecure: isSecure)
    }
}
