/// What an Engine.IO session carries for the layer above it.
package enum EngineMessage: Sendable, Equatable {
    case text(String)
    case binary([UInt8])

    /// How many bytes it is on a WebSocket, without the packet's type.
    package var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
