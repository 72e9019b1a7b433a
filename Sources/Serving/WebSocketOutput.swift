/// What a handler of ours gives to the channel to send.
enum WebSocketOutput: Sendable {
    case message(WebSocketMessage)
    case close(WebSocketCloseCode)
}
