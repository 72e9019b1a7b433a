import Hummingbird

/// The cookie by which a browser says who is logged in.
enum SessionCookie {
    static let name = "wattbuddy_session"

    static func setting(_ token: String, seconds: Int, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    static func removing(isSecure: Bool) -> String {
        setting("", seconds: 0, isSecure: isSecure)
    }
}
