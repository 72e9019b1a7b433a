import CFilesystem
import Foundation

/// What a folder needs beyond Foundation: to change places in one step, and to be safe on disk.
package enum Folder {
    /// Lets two folders change places in one step: a reader sees the one or the other, never a mixture.
    package static func exchange(_ one: String, with other: String) throws {
        guard wattbuddy_exchange(one, other) == 0 else { throw FilesystemError.refused(one, "exchanged with \(other)") }
    }

    /// Returns when everything written to the file system that holds the folder is on disk.
    package static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FilesystemError.refused(path, "opened") }
        defer { close(descriptor) }
        guard wattbuddy_sync(descriptor) == 0 else { throw FilesystemError.refused(path, "written to disk") }
    }

    /// Gives a file a second name without copying it.
    package static func link(_ path: String, as name: String) throws {
        guard Foundation.link(path, name) == 0 else { throw FilesystemError.refused(path, "linked as \(name)") }
    }

    /// The paths of all files below a folder, in order; none when there is no folder.
    package static func files(below root: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: root) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
