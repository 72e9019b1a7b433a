package import Foundation

/// Measured data that lie beside the repository on some machines; tests that read them say so when they are skipped.
package enum SharedData {
    package static let folder = repository.deletingLastPathComponent().appending(path: "shared/data")

    package static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path())
}
