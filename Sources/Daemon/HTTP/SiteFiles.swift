import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The published pages, behind the login: each household sees its own.
struct SiteFiles: Sendable {
    private let premises: Premises
    private let root: URL

    init(_ premises: Premises) {
        self.premises = premises
        root = URL(filePath: premises.settings.output, directoryHint: .isDirectory).standardizedFileURL
    }

    /// Files that a person needs before logging in.
    private static let open: Set<String> = ["login.html", "login.js", "style.css", "favicon.svg"]
    /// Files that belong to nobody.
    private static let common: Set<String> = ["live.html", "live.js", "chart.js", "devices.html", "devices.js"]

    func answer(_ request: Request, at now: Date) async throws -> Response {
        guard let path = request.uri.path.removingPercentEncoding.map({ String($0.drop { $0 == "/" }) }),
            !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }), !path.contains("\0")
        else { throw Refusal.notThere }
        if Self.open.contains(path) || path == "login" {
            return try file(path == "login" ? "login.html" : path, request)
        }
        guard let person = try await premises.doorkeeper.person(request, at: now) else {
            return Self.wantsPage(request)
                ? Self.redirect(to: "/login?next=/" + Self.encoded(path)) : Refusal.notLoggedIn.response
        }
        if Self.common.contains(path) || path.hasSuffix(".js") { return try file(path, request) }
        guard person.isAdmin else { return try await ofHousehold(person, path, request) }
        return try page(path, request)
    }

    /// A household's own folder, and nothing else; the front page leads there.
    private func ofHousehold(_ person: Person, _ path: String, _ request: Request) async throws -> Response {
        guard let slug = person.householdSlug else { throw Refusal.notThere }
        if path.isEmpty || path == "index.html" { return Self.redirect(to: "/households/\(slug)/") }
        guard path == "households/\(slug)" || path.hasPrefix("households/\(slug)/") else { throw Refusal.notThere }
        return try page(path, request)
    }

    private func page(_ path: String, _ request: Request) throws -> Response {
        let place = root.appending(path: path)
        guard FileManager.default.fileExists(atPath: place.path(percentEncoded: false)) else { throw Refusal.notThere }
        guard try place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true else {
            return try file(path, request)
        }
        guard path.isEmpty || path.hasSuffix("/") else { return Self.redirect(to: "/" + Self.encoded(path) + "/") }
        return try file(path + "index.html", request)
    }

    private func file(_ path: String, _ request: Request) throws -> Response {
        let url = root.appending(path: path)
        guard url.resolvingSymlinksInPath().path().hasPrefix(root.resolvingSymlinksInPath().path()),
            FileManager.default.isReadableFile(atPath: url.path(percentEncoded: false))
        else { throw Refusal.notThere }
        let bytes = try Data(contentsOf: url)
        let tag = "\"" + premises.tag(of: bytes) + "\""
        var headers: HTTPFields = [
            .contentType: Self.type(of: path), .eTag: tag, .cacheControl: "private, no-cache",
            .contentSecurityPolicy: Self.policy, .xContentTypeOptions: "nosniff",
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        headers[.contentLength] = "\(bytes.count)"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static let policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

    private static func type(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json; charset=utf-8"
        case "csv": "text/csv; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "pdf": "application/pdf"
        default: "application/octet-stream"
        }
    }

    private static func wantsPage(_ request: Request) -> Bool {
        request.headers[.accept]?.contains("text/html") ?? false
    }

    private static func redirect(to place: String) -> Response {
        Response(status: .seeOther, headers: [.location: place, .cacheControl: "no-store"])
    }

    private static func encoded(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    }
}
