import Filesystem
package import Foundation

/// The pages on disk: made beside the old ones, then put in their place in one step.
///
/// A reader never sees half a site. What does not change stays the very same file.
package struct Site: ~Copyable {
    private let output: String
    private let fresh: String
    private let lock: FileLock
    private var written: Set<String> = []
    private var hasChanged = false

    /// - Parameters:
    ///   - output: the folder that readers see; it is made when it is missing.
    ///   - waits: whether to wait for another process that publishes there.
    /// - Throws: ``ReportsError`` of kind `busy` while another process publishes into the same folder.
    package init(replacing output: String, waits: Bool = false) throws {
        let place = URL(filePath: output).resolvingSymlinksInPath().standardizedFileURL
        let parent = place.deletingLastPathComponent().path(percentEncoded: false)
        let name = place.lastPathComponent
        let fresh = parent + ".\(name).new"
        try FileManager.default.createDirectory(atPath: parent + name, withIntermediateDirectories: true)
        let lock = try Self.lock(parent + ".\(name).lock", for: output, waits: waits)
        try Self.remove(fresh)
        try FileManager.default.createDirectory(atPath: fresh, withIntermediateDirectories: true)
        self.output = parent + name
        self.fresh = fresh
        self.lock = lock
    }

    private static func lock(_ path: String, for output: String, waits: Bool) throws -> FileLock {
        do { return try FileLock(at: path, waits: waits) } catch let error as FilesystemError
            where error.kind == .locked
        {
            throw ReportsError(.busy, "another process is publishing into \(output)")
        }
    }

    /// Enters a file; one that says the same as before stays as it is.
    package mutating func write(_ bytes: Data, to path: String) throws {
        precondition(!path.hasPrefix("/") && !path.contains(".."), "a path inside the site")
        guard written.insert(path).inserted else { return }
        try makeFolder(of: path)
        let old = "\(output)/\(path)"
        if let before = FileManager.default.contents(atPath: old), before == bytes {
            try Folder.link(old, as: "\(fresh)/\(path)")
        } else {
            try bytes.write(to: URL(filePath: "\(fresh)/\(path)"))
            hasChanged = true
        }
    }

    /// Takes over what was published below `folder` before, as it is.
    ///
    /// - Returns: whether there was anything.
    @discardableResult
    package mutating func keep(_ folder: String) throws -> Bool {
        let paths = try files(below: folder)
        for path in paths where written.insert(path).inserted {
            try makeFolder(of: path)
            try Folder.link("\(output)/\(path)", as: "\(fresh)/\(path)")
        }
        return !paths.isEmpty
    }

    /// What was published before.
    package var published: PublishedSite { PublishedSite(output) }

    /// What was published at `path` before.
    package func published(_ path: String) -> Data? {
        FileManager.default.contents(atPath: "\(output)/\(path)")
    }

    /// Shows the new pages; files that were neither written nor kept are gone, but those whose name begins with a dot.
    ///
    /// - Returns: false when they are the same as before: then nothing is touched.
    package consuming func publish() throws -> Bool {
        let before = try files(below: "")
        for path in before where path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            guard written.insert(path).inserted else { continue }
            try makeFolder(of: path)
            try Folder.link("\(output)/\(path)", as: "\(fresh)/\(path)")
        }
        guard hasChanged || Set(before) != written else {
            try Self.remove(fresh)
            return false
        }
        let mode = try FileManager.default.attributesOfItem(atPath: output)[.posixPermissions]
        if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: fresh) }
        try Folder.sync(fresh)
        try Folder.exchange(fresh, with: output)
        try Self.remove(fresh)
        return true
    }

    private func makeFolder(of path: String) throws {
        let folder = URL(filePath: "\(fresh)/\(path)").deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func files(below folder: String) throws -> [String] {
        let paths = try Folder.files(below: folder.isEmpty ? output : "\(output)/\(folder)")
        return folder.isEmpty ? paths : paths.map { "\(folder)/\($0)" }
    }

    private static func remove(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
}
