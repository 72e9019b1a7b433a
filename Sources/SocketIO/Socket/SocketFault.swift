/// What a client sent that Socket.IO does not allow; the session ends with it.
package enum SocketFault: Error, Sendable {
    case unknownType
    case wrongCount
    case wrongPayload
    case tooManyAttachments
    /// A binary message that no packet announced, or text where one was announced.
    case unexpectedMessage
    /// An event for a namespace that was not joined, or a second wish to join one.
    case notJoined
}
