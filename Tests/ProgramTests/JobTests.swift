import Foundation
import TestSupport
import Testing

/// The script that cron and systemd call, with a program of the test's own in the place of `wattbuddy`.
struct JobTests {
    private func project(_ program: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/Jobs", withIntermediateDirectories: true)
        try files.copyItem(
            at: repository.appending(path: "Jobs/run-job"), to: folder.url.appending(path: "Jobs/run-job"))
        try Data("#!/bin/sh\n\(program)\n".utf8).write(to: folder.url.appending(path: "program"))
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/program")
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> Program.Ending {
        try Program.run(
            folder.url.appending(path: "Jobs/run-job"), arguments, environment: ["WATTBUDDY_PROGRAM": "./program"])
    }

    @Test func theJobsOwnEndingIsTold() throws {
        let folder = try project("echo \"$@\"; exit 2")
        defer { folder.remove() }
        let run = try run(folder, "1m", "nightly", "--household", "asha")
        #expect(run.status == 2)
        #expect(run.output == "nightly --household asha\n")
    }

    @Test func aJobThatTakesTooLongIsEnded() throws {
        let folder = try project("exec tail -f /dev/null")
        defer { folder.remove() }
        #expect(try run(folder, "0.2s", "nightly").status == 124)
    }

    @Test func theSameJobDoesNotRunTwiceAtOnceAndAnotherDoes() throws {
        let folder = try project(
            """
            [ "$1" = nightly ] || exit 0
            Jobs/run-job 1m nightly again
            echo "again: $?"
            Jobs/run-job 1m send-bills
            echo "other: $?"
            """)
        defer { folder.remove() }
        #expect(try run(folder, "1m", "nightly").output == "again: 75\nother: 0\n")
    }

    @Test func secretsComeFromAFileThatOnlyItsOwnerMayRead() throws {
        let folder = try project("echo \"$WATTBUDDY_MAIL_PASSWORD\"")
        defer { folder.remove() }
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/.wattbuddy", withIntermediateDirectories: true)
        let secrets = folder.path + "/.wattbuddy/environment"
        try Data("WATTBUDDY_MAIL_PASSWORD='a b'\n".utf8).write(to: URL(filePath: secrets))
        try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secrets)
        let refused = try run(folder, "1m", "send-bills")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("others may read .wattbuddy/environment"))
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secrets)
        #expect(try run(folder, "1m", "send-bills").output == "a b\n")
    }

    @Test(arguments: [["1m"], ["1m", "--help"], ["1m", "../evil"], []])
    func whatIsNoJobIsRefused(_ arguments: [String]) throws {
        let folder = try project("exit 0")
        defer { folder.remove() }
        let run = try Program.run(folder.url.appending(path: "Jobs/run-job"), arguments)
        #expect(run.status == 64)
    }
}
