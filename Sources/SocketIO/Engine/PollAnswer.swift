/// How a GET for packets ends.
package enum PollAnswer: Sendable, Equatable {
    case packets([EnginePacket])
    case refused(EngineRefusal)
}
