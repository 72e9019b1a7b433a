/// The pages that speak with the daemon: what is drawn now, the devices, and the login.
///
/// They hold no figures: their scripts ask for these. Opened without the daemon, they say that they need it.
package struct LivePages: Sendable {
    let root = ""
    let pageTitle: String

    /// The pages; their scripts are among the assets.
    package static func files(_ templates: Templates) throws -> [SiteFile] {
        try [("live", "Live"), ("devices", "Devices"), ("login", "Log in")].map { name, title in
            let page = LivePages(pageTitle: "\(title), WattBuddy")
            return SiteFile("\(name).html", try templates.render(page, with: name))
        }
    }
}
