import Foundation
import Reports
import TestSupport
import Testing

struct SiteTests {
    private func publish(_ files: [String: String], into folder: TemporaryFolder, keeping kept: [String] = []) throws
        -> Bool
    {
        var site = try Site(replacing: folder.path + "/Output")
        for (path, text) in files { try site.write(Data(text.utf8), to: path) }
        for folder in kept { try site.keep(folder) }
        return try site.publish()
    }

    private func inode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
    }

    @Test func whatDidNotChangeStaysTheVerySameFileAndWhatIsGoneIsGone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try publish(["index.html": "one", "a/page.html": "same", "old.html": "old"], into: folder))
        let before = try inode(folder.path + "/Output/a/page.html")
        #expect(try publish(["index.html": "two", "a/page.html": "same"], into: folder))
        #expect(try folder.text("Output/index.html") == "two")
        #expect(try inode(folder.path + "/Output/a/page.html") == before)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/Output/old.html"))
    }

    @Test func nothingNewTouchesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try publish(["index.html": "one"], into: folder))
        let before = try inode(folder.path + "/Output")
        #expect(try !publish(["index.html": "one"], into: folder))
        #expect(try inode(folder.path + "/Output") == before)
    }

    @Test func aHouseholdsFolderCanBeKeptAsItWas() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try publish(["index.html": "one", "households/a/index.html": "a"], into: folder))
        #expect(try publish(["index.html": "two"], into: folder, keeping: ["households/a"]))
        #expect(try folder.text("Output/households/a/index.html") == "a")
    }

    @Test func aSiteThatIsNotPublishedLeavesTheOldOneAlone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try publish(["index.html": "one"], into: folder))
        do {
            var site = try Site(replacing: folder.path + "/Output")
            try site.write(Data("two".utf8), to: "index.html")
        }
        #expect(try folder.text("Output/index.html") == "one")
        #expect(try publish(["index.html": "three"], into: folder))
        #expect(try folder.text("Output/index.html") == "three")
    }

    @Test func twoPublishersDoNotMix() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let site = try Site(replacing: folder.path + "/Output")
        let error = #expect(throws: ReportsError.self) { try publish([:], into: folder) }
        #expect(error?.kind == .busy)
        _ = try site.publish()
    }

    @Test func aReaderNeverSeesHalfASite() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try publish(["a.html": "0", "b.html": "0"], into: folder)
        let reader = Task.detached {
            var mixed = 0
            for _ in 0..<2000 {
                let output = unsafe open(folder.path + "/Output", O_RDONLY | O_DIRECTORY)
                defer { close(output) }
                let texts = ["a.html", "b.html"].map { name -> String in
                    let file = unsafe openat(output, name, O_RDONLY)
                    // The old pages may be removed while they are read.
                    guard file >= 0 else { return "" }
                    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
                    return String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
                }
                if texts[0] != texts[1], !texts.contains("") { mixed += 1 }
            }
            return mixed
        }
        for number in 1...60 { _ = try publish(["a.html": "\(number)", "b.html": "\(number)"], into: folder) }
        #expect(await reader.value == 0)
    }
}
