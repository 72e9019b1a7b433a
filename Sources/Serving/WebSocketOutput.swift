/// What a handler of ours gives to the channel to send.
package enum WebSocketOutput: Sendable {
    case message(WebSocketMessage)
    case close(WebSocketCloseCode)
}
