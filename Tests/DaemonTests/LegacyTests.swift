import Foundation
import Metering
import Postgres
import Secrets
import Store
import TestSupport
import Testing

/// The original's interface, as its app calls it.
@Suite(.scratchDatabase)
struct LegacyTests {
    /// A member of an answer, by its path, and what the app takes it for.
    private enum Kind: String {
        case number, integer, boolean, text, list, object, relay

        func holds(_ value: JSON) -> Bool {
            switch (self, value) {
            case (.number, .number), (.boolean, .boolean), (.text, .text), (.list, .list), (.object, .object): true
            case (.integer, .number): value.integer != nil
            case (.relay, .number(let number)): number == 0 || number == 1
            default: false
            }
        }
    }

    private func check(_ answer: HTTPAnswer, _ members: String, _ what: String) throws {
        #expect(answer.status == 200, "\(what): \(answer)")
        for member in members.split(separator: " ") {
            let parts = member.split(separator: ":").map { String($0) }
            let value = parts[0].split(separator: ".").reduce(answer.json) { json, name in
                Int(name).map { json[$0] } ?? json[String(name)]
            }
            let kind = try #require(Kind(rawValue: parts[1]))
            #expect(kind.holds(value), "\(what): \(parts[0]) is \(value) and not of kind \(kind)")
        }
    }

    /// What the app's screens reach, and what of the answers they would choke on.
    private static let reachable = [
        (
            "GET", "/esp32/latest",
            "success:boolean data.voltage:number data.current:number data.power:number data.energy:number "
                + "data.energy_consumed:number data.relay1:relay data.relay2:relay data.timestamp:text"
        ),
        (
            "GET", "/api/billing/current/USER",
            "success:boolean billing.total_units_kwh:number billing.slab_bill_rs:number"
        ),
        (
            "GET", "/api/usage/summary/USER",
            "isAbnormal:boolean anomalySocket:text currentMonthKwh:number lastMonthKwh:number "
                + "historicalAvgPower:number currentPower:number daysElapsed:integer"
        ),
        ("GET", "/api/usage/daily-history/USER", "0.day:integer 0.kwh:number"),
        ("POST", "/api/relay/relay1/off", "success:boolean"), ("POST", "/api/relay/relay2/off", "success:boolean"),
        ("POST", "/api/relay1/on", "success:boolean"), ("POST", "/api/relay1/off", "success:boolean"),
        ("POST", "/api/relay2/on", "success:boolean"), ("POST", "/api/relay2/off", "success:boolean"),
        (
            "GET", "/api/ml/insights/user_id_here",
            "insights.anomalies.is_anomaly:boolean insights.anomalies.severity:text "
                + "insights.pattern.average_usage:number insights.pattern.peak_usage:number insights.pattern.min_usage:number "
                + "insights.pattern.std_dev:number insights.suggestions:list insights.daily_avg:number insights.monthly_cost:number"
        ),
    ]

    /// What is in the app's code and on no screen.
    private static let hidden = [
        (
            "GET", "/api/ml-predict/next-hour/USER", "",
            "prediction.predictedPower:number prediction.confidence:number "
                + "prediction.trend:text prediction.recommendation:text"
        ),
        (
            "GET", "/api/ml-predict/next-day/USER", "",
            "prediction.predictedDailyEnergy:number prediction.predictedPeakPower:number "
                + "prediction.confidence:number prediction.anomalyDetected:boolean prediction.adviceIfAnomalous:text"
        ),
        ("GET", "/api/ml-predict/anomalies/USER", "", "anomalies:list"),
        ("GET", "/api/ml-predict/recommendations/USER", "", "recommendations:list"),
        (
            "POST", "/api/power-limit/check", #"{"userId":"USER","currentUsage":8,"dailyLimit":10}"#,
            "notificationSent:boolean percentage:number threshold:number"
        ),
        ("POST", "/api/power-limit/set", #"{"userId":"USER","dailyLimit":10}"#, "success:boolean"),
        ("GET", "/api/power-limit/USER", "", "daily_power_limit:number alert_threshold:number"),
        (
            "GET", "/api/graph/live/USER?minutes=5", "",
            "graphData:list graphData.0.timestamp:text graphData.0.power:number "
                + "graphData.0.voltage:number graphData.0.current:number"
        ),
        ("GET", "/api/graph/comparison/USER", "", "today:number yesterday:number weekAgo:number"),
        ("GET", "/api/esp32/latest/USER?limit=1", "", "readings:list readings.0.power:number"),
        ("GET", "/api/esp32/latest", "", "success:boolean data.power:number"),
        ("GET", "/api/esp32/stats/USER?date=2026-05-28", "", "stats:object"),
        ("GET", "/api/esp32/hourly/USER", "", "hourly:list"),
        ("GET", "/api/esp32/sensors/USER", "", "voltage:number current:number power:number"),
        ("POST", "/api/relay/on", #"{"userId":"USER","reason":"test"}"#, "success:boolean"),
        ("POST", "/api/relay/off", #"{"userId":"USER","reason":"test"}"#, "success:boolean"),
        ("GET", "/api/relay/status/USER", "", "relayState:boolean"),
        ("POST", "/api/relay/schedule", #"{"userId":"USER","relay":1,"time":"22:30","on":false}"#, "success:boolean"),
        ("GET", "/api/relay/history/USER", "", "history:list"),
        ("GET", "/api/relay/health/USER", "", "totalSwitches:number health:text"),
        ("POST", "/api/usage/monthly-limit", #"{"userId":"USER","monthlyLimit":0.05}"#, "success:boolean"),
        ("GET", "/api/usage/monthly-limit/USER", "", "monthlyLimit:number"),
        (
            "GET", "/api/usage/monthly-summary/USER", "",
            "summary.allocated:number summary.consumed:number summary.remaining:number "
                + "summary.exceeded:boolean summary.excess_amount:number summary.excessAmount:number "
                + "summary.carryover_from_previous:number summary.carryoverFromPrevious:number"
        ),
        ("POST", "/api/usage/daily-usage", #"{"userId":"USER"}"#, "summary:object"),
        ("GET", "/api/usage/forecast/USER", "", "forecast:object"),
        ("GET", "/api/usage/alerts/USER", "", "alerts:list"),
        ("GET", "/api/usage/daily-stats/USER", "", "stats:object"),
        ("GET", "/api/api/predictions/bill/USER", "", "prediction:object"),
        ("GET", "/api/api/predictions/30days/USER", "", "prediction:object"),
        ("GET", "/api/api/predictions/breakdown/USER", "", "prediction:object"),
        ("GET", "/api/api/predictions/recommendations/USER", "", "prediction:object"),
        ("POST", "/api/notifications/log-anomaly", "{}", "success:boolean"),
        ("POST", "/api/api/notifications/log-anomaly", "{}", "success:boolean"),
        ("POST", "/api/api/notifications/log-bill-prediction", "{}", "success:boolean"),
        ("POST", "/api/ml/analyze", #"{"userId":"USER"}"#, "analysis:object"),
        ("POST", "/api/ml/detect-anomalies", #"{"userId":"USER"}"#, "detection:object"),
    ]

    @Test func everyCallOfTheAppIsAnsweredWithTheTypesItNeeds() async throws {
        let home = try await Home(consumerNumber: "1234567890")
        try await DaemonProcess.run(["--legacy"]) { daemon in
            let app = try daemon.client
            // The app passes readings on with booleans and without a user or a token.
            let now = Date().timeIntervalSince1970
            for (ago, energy) in [(120.0, 12.345), (1.0, 12.445)] {
                let answer = try await app.post(
                    "/api/esp32/data",
                    #"{"at":\#(now - ago),"voltage":230,"current":1,"power":230,"energy":\#(energy),"relay1":true,"relay2":false}"#
                )
                #expect(answer.status == 200 && answer.json["dbWrite"] == true, "\(answer)")
            }
            for user in ["\(home.person.id)", "asha", "1234567890"] {
                for (method, path, members) in Self.reachable {
                    let place = path.replacing("USER", with: user)
                    try check(
                        try await app.send(method, place, method == "GET" ? nil : Data()), members, "\(method) \(place)"
                    )
                }
            }
            for (method, path, body, members) in Self.hidden {
                let place = path.replacing("USER", with: "\(home.person.id)")
                let text = body.replacing("USER", with: "\(home.person.id)")
                try check(
                    try await app.send(method, place, method == "GET" ? nil : Data(text.utf8)), members,
                    "\(method) \(place)")
            }
            let summary = try await app.get("/api/usage/summary/asha")
            #expect(summary.text.contains(/"daysElapsed":\d+[,}]/), "an int, as Dart reads it: \(summary)")
            let latest = try await app.get("/esp32/latest")
            #expect(latest.text.contains(/"relay1":1[,}]/) && latest.text.contains(/"relay2":0[,}]/))
        }
    }

    @Test func theAppsRegistrationAndLogin() async throws {
        let (home, _) = (try await Home(consumerNumber: "1"), 0)
        var draft = try #require(HouseholdDraft(slug: "new", zone: .gmt))
        draft.consumerNumber = "900"
        _ = try await HouseholdStore(.scratch).save(draft)
        try await DaemonProcess.run(["--legacy"]) { daemon in
            let app = try daemon.client
            func register(_ name: String, _ number: String) async throws -> HTTPAnswer {
                try await app.post(
                    "/api/auth/register",
                    #"{"username":"\#(name)","email":"\#(name)@example.org","consumer_number":"\#(number)","password":"0123456789"}"#
                )
            }
            for (name, number) in [("x", "1"), ("x", "55"), ("asha", "900")] {
                let refused = try await register(name, number)
                #expect(refused.status == 400 && refused.json["message"].text != nil, "\(name) \(number): \(refused)")
            }
            let done = try await register("nina", "900")
            #expect([200, 201].contains(done.status) && done.json["message"] == "Registration successful")
            for name in [#""email":"nina@example.org""#, #""username":"nina""#] {
                let login = try await app.post("/api/auth/login", "{\(name),\"password\":\"0123456789\"}")
                #expect(
                    login.status == 200 && login.json["message"].text != nil && login.json["token"].text != nil,
                    "\(login)")
                let user = login.json["user"]
                #expect(user["username"] == "nina" && user["consumer_number"] == "900" && user["id"].integer != nil)
                let token = try #require(login.json["token"].text)
                #expect(try await app.bearing(token).get("/v1/me").json["household"]["slug"] == "new")
            }
            let wrong = try await app.post("/api/auth/login", #"{"email":"nina","password":"x"}"#)
            #expect(wrong.status == 400 && wrong.json["message"] == "Invalid credentials")
            #expect(try await app.bearing(home.session).get("/api/usage/summary/new").status == 404)
        }
    }

    @Test func theDefectsOfTheOriginalAreNotOurs() async throws {
        let (home, other) = (try await Home(), try await Home("babu"))
        try await DaemonProcess.run { daemon in
            let app = try daemon.client.bearing(home.session)
            let devices = [try daemon.client.bearing(home.token), try daemon.client.bearing(other.token)]
            let now = Date().timeIntervalSince1970
            // Each meter is throttled by itself, whoever sends between.
            var written = [0, 0]
            for round in 0..<5 {
                for (index, device) in devices.enumerated() {
                    let answer = try await device.post(
                        "/api/esp32/data",
                        #"{"at":\#(now - 60 + Double(round)),"energy":12.345,"power":\#(100 * (index + 1))}"#)
                    written[index] += answer.json["dbWrite"] == true ? 1 : 0
                }
            }
            #expect(written == [1, 1])
            // The month is what the register moved by.
            try await devices[0].readings(#"{"at":\#(now),"energy":12.445,"power":100}"#)
            let summary = try await app.get("/api/usage/summary/asha")
            #expect(summary.json["currentMonthKwh"] == 0.1 && summary.json["currentPower"] == 100, "\(summary)")
            // One household's reading is not another's.
            #expect(try await app.get("/esp32/latest").json["data"]["power"] == 100)
            #expect(try await daemon.client.bearing(other.session).get("/esp32/latest").json["data"]["power"] == 200)
            let stored = try await home.stored()
            for body in ["{}", "[1,2]", #"{"energy":-1}"#, #"{"energy":1e999}"#, #""abc""#, #"{"energy":"abc"}"#, "{"] {
                let answer = try await devices[0].post("/api/esp32/data", body)
                #expect(answer.status == 400 && answer.json["error"].text != nil, "\(body): \(answer)")
                #expect(!answer.text.contains("SELECT") && !answer.text.contains("<html"))
            }
            #expect(try await home.stored() == stored)
        }
    }

    @Test func somethingOutOfTheOrdinaryIsSeenByTheApp() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let app = try daemon.client.bearing(home.session)
            var board = try Board(daemon, home)
            board.isOn = [false, true]
            board.loads = [0, 100]
            try await board.post(times: 60)
            #expect(try await app.get("/api/usage/summary/asha").json["isAbnormal"] == false)
            board.loads = [0, 900]
            try await board.post(times: 3)
            try await eventually("it is told") {
                try await app.get("/api/usage/summary/asha").json["isAbnormal"] == true
            }
            #expect(try await app.get("/api/usage/summary/asha").json["anomalySocket"] == "Socket 2")
            #expect(try await app.get("/api/ml-predict/anomalies/asha").json["anomalies"].list.count == 1)
        }
    }

    @Test func withoutTheModeAStrangerGetsNothing() async throws {
        _ = try await Home()
        try await DaemonProcess.run { daemon in
            for (method, path, _) in Self.reachable {
                let answer = try await daemon.client.send(
                    method, path.replacing("USER", with: "asha"), method == "GET" ? nil : Data())
                #expect(answer.status == 401, "\(method) \(path): \(answer)")
            }
            #expect(try await daemon.client.post("/api/esp32/data", #"{"energy":1}"#).status == 401)
            #expect(try await daemon.client.post("/api/auth/register", "{}").status == 403)
        }
    }
}
