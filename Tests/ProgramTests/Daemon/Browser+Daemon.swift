import Foundation
import TestSupport

extension Browser {
    static let isThere = ["/usr/bin/chromium", "/usr/bin/chromedriver"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Opens a page of the daemon's without a session, and logs in where that leads.
    func logIn(_ home: HomeUnderTest, to daemon: DaemonUnderTest, for page: String) throws {
        guard let url = URL(string: daemon.url("/\(page)")) else {
            throw DaemonUnderTest.Fault(message: "'\(page)' is no path")
        }
        try open(url)
        try wait(until: "location.pathname === '/login' && document.querySelector('#password')")
        try type(home.slug, into: "#email")
        try type(HomeUnderTest.password, into: "#password")
        try press("button")
        try wait(until: "location.pathname === '/\(page)'")
    }
}
