import Foundation
import TestSupport
import Testing

/// The ways by which a household is told, on the command line.
@Suite(.scratchDatabase)
struct ChannelCommandTests {
    private func addHome() throws {
        try #require(Program.wattbuddy("household", "add", "asha", "--zone", "Asia/Kolkata").status == 0)
    }

    @Test func aWayIsAddedTriedShownAndForgotten() throws {
        try addHome()
        let sink = try WebSink(answering: 200, 404)
        defer { sink.stop() }
        let added = try Program.wattbuddy("channel", "add", "asha", "ntfy", sink.root + "/home", "--least", "info")
        #expect(added.status == 0 && added.output == "channel 1: ntfy to \(sink.root)/home, from info on\n", "\(added)")
        let tried = try Program.wattbuddy("channel", "test", "asha", "1")
        #expect(tried.status == 0 && tried.output == "\(sink.root)/home took it\n", "\(tried)")
        #expect(try sink.bodies[0].contains("nothing is wrong"))
        let refused = try Program.wattbuddy("channel", "test", "asha", "1")
        #expect(refused.status == 1 && refused.errors.contains("answered 404"), "\(refused)")
        #expect(try Program.wattbuddy("channel", "list", "asha").output == "1\tntfy\t\(sink.root)/home\tinfo\n")
        #expect(try Program.wattbuddy("channel", "remove", "asha", "1").status == 0)
        #expect(try Program.wattbuddy("channel", "list", "asha").output == "")
        #expect(try Program.wattbuddy("channel", "remove", "asha", "1").status == 64)
    }

    @Test(arguments: [
        (["asha", "mail", "asha"], "'asha' is not a mail address"), (["asha", "webhook", "ftp://x/"], "ftp://x/"),
        (["asha", "ntfy", "https://ntfy.sh/"], "is not a topic"), (["asha", "pigeon", "x"], "pigeon"),
        (["babu", "mail", "babu@example.org"], "there is no household 'babu'"),
        (["asha", "mail", "asha@example.org", "--least", "much"], "much"),
    ])
    func whatCannotBeIsSaid(_ arguments: [String], _ fault: String) throws {
        try addHome()
        let run = try Program.wattbuddy(["channel", "add"] + arguments)
        #expect(run.status == 64 && run.errors.contains(fault), "\(run)")
    }
}
