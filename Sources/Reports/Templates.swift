package import Foundation
import Mustache

/// The Mustache files that pages and letters are written with.
package struct Templates: Sendable {
    private let library: MustacheLibrary

    /// The files that are published as they are.
    package let assets: [String: Data]

    private static let pages = ["index", "household", "month", "letter", "live", "devices", "login"]
    private static let assetNames = [
        "style.css", "favicon.svg", "words.js", "daemon.js", "chart.js", "sockets.js", "card.js", "alerts.js",
        "live.js", "devices.js", "login.js",
    ]

    /// - Throws: ``ReportsError`` when a file is missing or cannot be understood.
    package init(directory: String) async throws {
        do { library = try await MustacheLibrary(directory: directory) } catch {
            throw ReportsError(.template, "the templates in \(directory) cannot be read: \(error)")
        }
        for page in Self.pages where library.getTemplate(named: page) == nil {
            throw ReportsError(.template, "there is no template \(directory)/\(page).mustache")
        }
        assets = try Dictionary(
            uniqueKeysWithValues: Self.assetNames.map { name in
                guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
                    throw ReportsError(.template, "there is no file \(directory)/\(name)")
                }
                return (name, data)
            })
    }

    func render(_ page: some Sendable, with template: String) throws -> String {
        guard let text = library.render(page, withTemplate: template) else {
            throw ReportsError(.template, "there is no template '\(template)'")
        }
        return text
    }
}

/// A file of the site on its way to the disk.
package struct SiteFile: Sendable {
    package let path: String
    package let bytes: Data

    init(_ path: String, _ text: String) {
        self.init(path, Data(text.utf8))
    }

    init(_ path: String, _ bytes: Data) {
        self.path = path
        self.bytes = bytes
    }
}
