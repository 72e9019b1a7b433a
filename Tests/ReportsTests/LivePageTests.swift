import Foundation
import Reports
import TestSupport
import Testing

/// The pages of the daemon, in a real browser, against a stand-in for it that sends them `default-src 'self'`.
@Suite(.serialized) struct LivePageTests {
    /// A browser at a page of the stand-in's; all of it is gone when `body` returns.
    private func look(
        at path: String, width: Int = 390, scheme: String = "light", after controls: String = "{}",
        _ body: (Browser, DaemonStandIn) throws -> Void
    ) async throws {
        let folder = try await pages()
        defer { folder.remove() }
        let daemon = try DaemonStandIn(serving: folder.path)
        defer { daemon.stop() }
        try daemon.set(controls)
        let browser = try Browser(width: width, height: width < 500 ? 844 : 900, scheme: scheme)
        let looked = Result {
            try browser.open(try daemon.page(path))
            try body(browser, daemon)
        }
        try browser.close()
        try looked.get()
    }

    private func pages() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let templates = try await templates()
        for file in try IndexPage.files([], templates) + LivePages.files(templates) {
            try file.bytes.write(to: folder.url.appending(path: file.path))
        }
        return folder
    }

    /// What holds of each page at each moment; a picture of it is kept in `.screenshots/`.
    private func check(_ browser: Browser, _ name: String) throws {
        #expect(try browser.console() == [], "\(name): the console")
        let wide = try browser.evaluate(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(wide == "0", "\(name): wider than the window")
        #expect(try browser.evaluate(Self.faint) == "", "\(name): a contrast below 4.5, or 3 for large text")
        #expect(try browser.evaluate(Self.small) == "", "\(name): too small for a finger")
        let shots = repository.appending(path: ".screenshots")
        try FileManager.default.createDirectory(at: shots, withIntermediateDirectories: true)
        try browser.screenshot().write(to: shots.appending(path: "\(name).png"))
    }

    /// Texts that do not stand out from what is behind them, by WCAG's formula.
    private static let faint = """
        const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const light = (colour) => {
            const [r, g, b] = channels(colour).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
                const colour = getComputedStyle(at).backgroundColor;
                if ((channels(colour)[3] ?? 1) === 1) return colour;
            }
            return 'rgb(255, 255, 255)';
        };
        const hasText = (element) => [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        return [...document.body.querySelectorAll('*')].filter(e => hasText(e) && e.checkVisibility()).filter(e => {
            const style = getComputedStyle(e);
            const [one, other] = [light(e instanceof SVGElement ? style.fill : style.color), light(behind(e))];
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            return ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5);
        }).map(e => e.textContent.slice(0, 40)).join()
        """

    private static let small = """
        return [...document.querySelectorAll('button, input:not([type=checkbox]), label.check')].filter(e => e.checkVisibility())
            .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
            .map(e => e.textContent).join()
        """

    private static let isLive = "document.querySelector('#connection').textContent === 'Live'"

    private static let spike = """
        {"id": 3, "device": 7, "kind": "spike", "severity": "info", "socket": "1", "probability": 0.85,
         "socket_name": "Geyser & kettle", "observed": 2040, "usual": 300, "opened_at": 1764000000000,
         "sentence": "2,040 W are drawn; at this hour it is usually 300 W.", "state": "open"}
        """

    @Test(arguments: [("phone", 390, "light"), ("desk", 1280, "dark")])
    func whatIsDrawnNowIsShownAndFollowsTheStream(device: String, width: Int, scheme: String) async throws {
        try await look(at: "live.html", width: width, scheme: scheme) { browser, daemon in
            try browser.wait(until: Self.isLive)
            let text = try browser.text().replacing("\u{A0}", with: " ")
            for shown in [
                "Nair home", "812 W", "231.4 V", "3.51 A", "3.42 kWh", "₹21.53", "Ground floor <b>",
            ] {
                #expect(text.contains(shown))
            }
            #expect(text.contains(/\n\d+ s ago\n/), "the age")
            #expect(text.contains("between 180 W"), "the hour in words")
            #expect(text.contains("Nothing was seen for 11 min of it."), "the gap is told")
            #expect(try browser.evaluate("return document.querySelectorAll('.hour .line').length") == "2", "and drawn")
            try check(browser, "live-\(device)")
            try browser.press(".hour summary")
            try browser.wait(until: "document.querySelectorAll('.hour tbody tr').length >= 10")
            try daemon.send("live", #"{"power": 810.4, "at_least": true}"#)
            try browser.wait(until: "document.querySelector('.power').innerText.startsWith('at least')")
            try daemon.send("live", #"{"power": 5.25, "at_least": false, "silent": true, "age_ms": 240000}"#)
            try browser.wait(until: "document.querySelector('.power').innerText.startsWith('last seen')")
            let old = try browser.text().replacing("\u{A0}", with: " ")
            #expect(old.contains("Silent. The last reading came 4 min ago."))
            #expect(old.contains("Geyser & kettle Was on"))
            try check(browser, "live-silent-\(device)")
        }
    }

    @Test func numbersFollowTheHouseholdsLocale() async throws {
        try await look(at: "live.html", after: #"{"locale": "de-DE"}"#) { browser, _ in
            try browser.wait(until: Self.isLive)
            #expect(try browser.text().replacing("\u{A0}", with: " ").contains("3,42 kWh"))
        }
    }

    @Test(arguments: [("phone", 390, "dark"), ("desk", 1280, "light")])
    func anAlertAsksAndTurnsItsSocketOff(device: String, width: Int, scheme: String) async throws {
        try await look(at: "live.html", width: width, scheme: scheme) { browser, daemon in
            try browser.wait(until: Self.isLive)
            try daemon.send("alert", Self.spike)
            try browser.wait(until: "document.querySelector('#warning').open")
            let asked = try browser.evaluate("return document.querySelector('#warning').innerText")
            #expect(asked.contains("usually 300 W"))
            #expect(asked.contains("Very probably at Geyser & kettle."))
            #expect(try browser.evaluate("return document.title") == "(1) Live, WattBuddy")
            try check(browser, "live-alert-\(device)")
            try browser.press("#warning button")
            try browser.wait(until: "!document.querySelector('#warning').open")
            #expect(try daemon.posts().contains(#"["/v1/devices/7/relays/1",{"on":false,"reason":"afteralert3"}]"#))
            try browser.wait(until: "document.querySelector('.socket').innerText.includes('waiting for the device')")
            try daemon.send("live", #"{"relay1": false, "power": 40}"#)
            try daemon.send("order", #"{"id": 1, "state": "confirmed", "watts_after": 40}"#)
            try browser.wait(until: "document.querySelector('.socket').innerText.includes('fell to 40')")
            try daemon.send("alert", #"{"id": 3, "state": "resolved"}"#)
            try browser.wait(until: "document.querySelector('#alerts').hidden")
            try check(browser, "live-confirmed-\(device)")
        }
    }

    @Test func anAlertThatAProbeSettlesNamesTheOtherSocketWhereItIsAsked() async throws {
        try await look(at: "live.html") { browser, daemon in
            try browser.wait(until: Self.isLive)
            let doubtful = Self.spike.replacing("0.85", with: "0.5")
            try daemon.send("alert", doubtful)
            try browser.wait(until: "document.querySelector('#warning').open")
            let asked = "document.querySelector('#warning').innerText"
            #expect(try browser.evaluate("return \(asked)").contains("Perhaps at Geyser & kettle."))
            try daemon.send(
                "order",
                #"{"id": 1, "device": 7, "relay": 1, "on": false, "author": "probe", "reason": "to find out which socket alert 3 is about", "state": "sent", "pulse_ms": 3000, "ordered_at": 1764000000000}"#
            )
            try browser.wait(until: "document.querySelector('.socket').innerText.includes('about to be off for 3')")
            try daemon.send("order", #"{"id": 1, "state": "unconfirmed", "watts_before": 2040, "watts_after": 2035}"#)
            try daemon.send(
                "alert",
                #"{"id": 3, "socket": "2", "probability": 0.95, "probe": "settled", "probed_at": 1764000005000, "sentence": "Fridge draws 2,040 W. Geyser & kettle was switched off for 3 seconds: 2,035 W went on, so it is Fridge."}"#
            )
            try browser.wait(until: "\(asked).includes('so it is Fridge')")
            #expect(try browser.evaluate("return \(asked)").contains("Almost certainly at Fridge."))
            try check(browser, "live-probed")
            try browser.press("#warning button:last-child")
            try browser.wait(until: "document.querySelector('#alerts').innerText.includes('so it is Fridge')")
            try browser.press(".history summary")
            let history = try browser.evaluate("return document.querySelector('.history').innerText")
            #expect(history.contains("off, by probe (to find out which socket alert 3 is about)."), "\(history)")
            #expect(
                history.replacing("\u{A0}", with: " ").contains("was off for 3 s; the watts did not fall"), "\(history)"
            )
        }
    }

    @Test func anAlertCanWaitOrBeFine() async throws {
        try await look(at: "live.html") { browser, daemon in
            try browser.wait(until: Self.isLive)
            try daemon.send("alert", Self.spike)
            try browser.wait(until: "document.querySelector('#warning').open")
            try browser.press("#warning button:last-child")
            try browser.wait(until: "!document.querySelector('#warning').open")
            #expect(try daemon.posts() == "[]", "'Later' does nothing")
            try browser.press("#alerts button:last-child")
            try browser.wait(until: "document.querySelector('#alerts').innerText.includes('You said that it is fine.')")
            #expect(try daemon.posts() == #"[["/v1/alerts/3/acknowledge",{}]]"#)
        }
    }

    @Test func whatIsNotKnownIsNotMadeUp() async throws {
        try await look(at: "login") { browser, daemon in
            try daemon.send(
                "live",
                #"{"at": null, "age_ms": null, "power": null, "current": null, "relay1": null, "today_cost": null, "silent": true}"#
            )
            try browser.open(try daemon.page("live.html"))
            try browser.wait(until: Self.isLive)
            let text = try browser.text()
            for shown in ["There is no reading yet.", "Amperes\n–", "Cost so far\n–", "Geyser & kettle Not known"] {
                #expect(text.contains(shown), "\(text)")
            }
            #expect(try browser.evaluate("return document.querySelector('.power').innerText.trim()") == "–")
            try daemon.send(
                "alert", Self.spike.replacing(#""socket": "1", "probability": 0.85"#, with: #""socket": "unknown""#))
            try browser.wait(until: "document.querySelector('#warning').innerText.includes('cannot be told which')")
            try check(browser, "live-unknown")
        }
    }

    @Test func anAlertThatIsRefusedSaysWhy() async throws {
        let refusal = #"{"refuse": {"/v1/devices/7/relays/1": [403, "That is not yours to switch."]}}"#
        try await look(at: "live.html", after: refusal) { browser, daemon in
            try browser.wait(until: Self.isLive)
            try daemon.send("alert", Self.spike)
            try browser.wait(until: "document.querySelector('#warning').open")
            try browser.press("#warning button")
            try browser.wait(until: "document.querySelector('#warning').innerText.includes('not yours to switch')")
        }
    }

    @Test func aSocketTellsWhatBecameOfItsOrderAndOffersWhatCanBeDone() async throws {
        try await look(at: "live.html") { browser, daemon in
            try browser.wait(until: Self.isLive)
            func socket(says words: String, _ label: String) throws {
                try browser.wait(until: "document.querySelector('.socket').innerText.includes(\"\(words)\")")
                #expect(try browser.evaluate("return document.querySelector('.socket button').textContent") == label)
            }
            try browser.press(".socket button")
            try socket(says: "Turning off: waiting for the device", "Keep on")
            #expect(try daemon.posts() == #"[["/v1/devices/7/relays/1",{"on":false,"reason":"livepage"}]]"#)
            try daemon.send("order", #"{"id": 1, "state": "sent"}"#)
            try socket(says: "Turning off: sent", "Keep on")
            try daemon.send("live", #"{"relay1": false}"#)
            try daemon.send("order", #"{"id": 1, "state": "acknowledged"}"#)
            try socket(says: "the watts are being checked", "Turn on")
            try daemon.send("order", #"{"id": 1, "state": "unconfirmed"}"#)
            try socket(says: "the watts do not tell", "Turn on")
            try daemon.send("order", #"{"id": 1, "state": "stuck", "watts_after": 1790}"#)
            try socket(says: "The contact did not open", "Turn on")
            try check(browser, "live-stuck")
            try daemon.send("order", #"{"id": 1, "state": "expired"}"#)
            try socket(says: "nothing was switched", "Turn on")
            try daemon.send("live", #"{"cut_off": [1]}"#)
            try socket(says: "Cut off", "Release")
            try browser.press(".socket button")
            try browser.wait(until: "document.querySelector('.socket button').textContent === 'Turn on'")
            #expect(try daemon.posts().hasSuffix(#"["/v1/devices/7/relays/1/release",{}]]"#))
            let fridge = "document.querySelectorAll('.socket')[1]"
            #expect(try browser.evaluate("return \(fridge).innerText").contains("never switched off from here"))
            #expect(
                try browser.evaluate(
                    "return \(fridge).querySelector('button').matches('[hidden]') ? 'hidden' : 'shown'") == "hidden")
        }
    }

    @Test func aLostConnectionIsSaidAndComesBackByItself() async throws {
        try await look(at: "live.html") { browser, daemon in
            try browser.wait(until: Self.isLive)
            try daemon.set(#"{"away": true}"#)
            try browser.wait(until: "document.querySelector('#connection').innerText.includes('connection is lost')")
            try browser.wait(until: "document.querySelector('.power').innerText.startsWith('last seen')")
            _ = try browser.console()
            try daemon.set(#"{"away": false}"#)
            try daemon.send("live", #"{"power": 99}"#)
            try browser.wait(until: Self.isLive)
            try browser.wait(until: "document.querySelector('.power').innerText.trim().startsWith('99')")
        }
    }

    @Test func withoutALoginItLeadsThereAndBack() async throws {
        try await look(at: "live.html?household=nair", after: #"{"closed": true}"#) { browser, daemon in
            try browser.wait(until: "location.pathname === '/login' && document.querySelector('#password')")
            _ = try browser.console()
            try check(browser, "login")
            try browser.type("asha@example.org", into: "#email")
            try browser.type("wrong", into: "#password")
            try browser.press("button")
            try browser.wait(until: "document.querySelector('#fault').textContent.includes('do not belong together')")
            try daemon.set(#"{"refuse": {"/v1/login": [429, "Too many.", 40]}}"#)
            try browser.press("button")
            try browser.wait(until: "document.querySelector('#fault').textContent.includes('wait 40 seconds')")
            try daemon.set(#"{"refuse": {}}"#)
            _ = try browser.evaluate("document.querySelector('#password').value = ''")
            try browser.type("right", into: "#password")
            try browser.press("button")
            try browser.wait(until: "location.href.endsWith('/live.html?household=nair')")
            try browser.wait(until: Self.isLive)
        }
    }

    @Test func theLoginGoesToNoPageOfOthersAndNotInCircles() async throws {
        let places = [
            "https://example.org/", "//example.org/", #"/\example.org"#, "javascript:alert(1)", "/login?next=/login",
            "http://",
        ]
        try await look(at: "login") { browser, daemon in
            #expect(try browser.evaluate("return destination().href") == daemon.page("live.html").absoluteString)
            for next in places + ["/devices.html"] {
                let query = try #require(next.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
                try browser.open(try daemon.page("login?next=\(query)"))
                let goal = try daemon.page(places.contains(next) ? "live.html" : "devices.html").absoluteString
                #expect(try browser.evaluate("return destination().href") == goal, "\(next)")
            }
        }
    }

    @Test func aDeviceIsClaimedByItsCodeAndItsSocketsGetNames() async throws {
        try await look(at: "devices.html") { browser, daemon in
            try browser.wait(until: "document.querySelector('fieldset input')")
            try check(browser, "devices-phone")
            try daemon.set(#"{"refuse": {"/v1/devices/claim": [404, "There is no device with this code."]}}"#)
            try browser.type("abcd efgh", into: "#code")
            try browser.press("#claim button")
            try browser.wait(until: "document.querySelector('#claim-fault').textContent.includes('no device')")
            try daemon.set(#"{"refuse": {}}"#)
            try browser.press("#claim button")
            try browser.wait(until: "document.querySelector('#told').textContent.includes('yours now')")
            #expect(try daemon.posts() == #"[["/v1/devices/claim",{"code":"abcdefgh"}]]"#)
            let second = "document.querySelectorAll('fieldset')[1]"
            #expect(
                try browser.evaluate("return \(second).querySelector('.probe').matches(':disabled') ? 'no' : 'yes'")
                    == "no", "never cut")
            try browser.press("fieldset .probe")
            try browser.type(" 2", into: "fieldset input")
            try browser.press("section:not([aria-labelledby=claim-title]) button")
            try browser.wait(until: "document.querySelector('#told').textContent.includes('are saved')")
            #expect(
                try daemon.posts().hasSuffix(
                    #"["/v1/devices/7/sockets",{"names":["Geyser&kettle2","Fridge"],"never_cut":[2],"may_probe":[1],"rating_a":10}]]"#
                ))
        }
    }

    @Test(arguments: ["live", "devices", "login"])
    func fromAFileThePagesSayThatTheyNeedTheDaemon(name: String) async throws {
        let folder = try await pages()
        defer { folder.remove() }
        let browser = try Browser(width: 390, height: 844)
        try browser.open(folder.url.appending(path: "\(name).html"))
        try browser.wait(until: "document.body.innerText.includes('wattbuddyd')")
        try check(browser, "\(name)-file")
        try browser.close()
    }
}
