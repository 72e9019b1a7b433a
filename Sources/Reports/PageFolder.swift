package import Foundation

/// What readers see now, to be looked up while the pages that follow it are made.
package struct PublishedSite: Sendable {
    private let folder: String?

    /// - Parameter folder: nil for a site that was never published.
    init(_ folder: String?) {
        self.folder = folder
    }

    /// For pages that shall be drawn whatever was published.
    package static let none = PublishedSite(nil)

    /// The file as it is; nil where there is none.
    package func file(at path: String) -> Data? {
        folder.flatMap { FileManager.default.contents(atPath: "\($0)/\(path)") }
    }
}

/// Where a page and its pictures go, and what lies there now.
struct PageFolder: Sendable {
    let path: String
    let published: PublishedSite
}
