import Foundation
import FoundationNetworking
import SocketIO
import SocketIOServing
import Testing

struct RefusalTests {
    private func ask(
        _ url: String, _ method: String = "GET", body: Data? = nil, headers: [String: String] = [:]
    ) async throws -> (status: Int, body: String, headers: [AnyHashable: Any]) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return (answer.statusCode, String(decoding: data, as: UTF8.self), answer.allHeaderFields)
    }

    @Test(arguments: [
        ("GET", "EIO=4", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET", "EIO=4&transport=smoke", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET", "EIO=4&transport=polling&sid=nobody", 400, #"{"code":1,"message":"Session ID unknown"}"#),
        ("POST", "EIO=4&transport=polling&sid=nobody", 400, #"{"code":1,"message":"Session ID unknown"}"#),
        ("POST", "EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("PUT", "EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("GET", "EIO=4&transport=websocket", 400, #"{"code":3,"message":"Bad request"}"#),
        ("GET", "transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        ("GET", "EIO=3&transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
    ])
    func aRequestThatDoesNotFitIsToldWhy(method: String, query: String, status: Int, json: String) async throws {
        try await LiveServer().run { url in
            for path in ["/socket.io", "/socket.io/"] {
                let answer = try await ask("\(url)\(path)?\(query)", method)
                #expect(answer.status == status)
                #expect(answer.body == json)
            }
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        var settings = SocketIOSettings()
        settings.engine.maxPayload = 10
        try await LiveServer(settings).run { url in
            let opened = try await ask("\(url)/socket.io/?EIO=4&transport=polling").body
            let id = try #require(opened.split(separator: "\"").dropFirst(3).first)
            let answer = try await ask(
                "\(url)/socket.io/?EIO=4&transport=polling&sid=\(id)", "POST", body: Data(repeating: 52, count: 11))
            #expect(answer.status == 413)
        }
    }

    @Test func noMoreSessionsBeginThanThereMayBe() async throws {
        var settings = SocketIOSettings()
        settings.maximumSessions = 1
        try await LiveServer(settings).run { url in
            let first = try await ask("\(url)/socket.io/?EIO=4&transport=polling")
            let second = try await ask("\(url)/socket.io/?EIO=4&transport=polling")
            #expect(first.status == 200)
            #expect(second.status == 503)
        }
    }

    @Test func onlyPagesOfTheServerItselfMayConnect() async throws {
        try await LiveServer().run { url in
            let handshake = "\(url)/socket.io/?EIO=4&transport=polling"
            let own = try await ask(handshake, headers: ["Origin": url])
            #expect(own.status == 200)
            #expect(own.headers["Access-Control-Allow-Origin"] as? String == url)
            let stranger = try await ask(handshake, headers: ["Origin": "https://elsewhere.example"])
            #expect(stranger.status == 403)
            #expect(stranger.headers["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test func aPageMayAskBeforehand() async throws {
        try await LiveServer().run { url in
            let headers = ["Origin": url, "Access-Control-Request-Headers": "x-household"]
            let answer = try await ask("\(url)/socket.io/?EIO=4&transport=polling", "OPTIONS", headers: headers)
            #expect(answer.status == 204)
            #expect(answer.headers["Access-Control-Allow-Methods"] as? String == "GET, POST")
            #expect(answer.headers["Access-Control-Allow-Headers"] as? String == "x-household")
        }
    }
}
