/// A named event with its arguments.
package struct SocketEvent: Sendable, Equatable {
    package let name: String
    package let arguments: SocketArguments

    package init(_ name: String, _ arguments: SocketArguments) {
        self.name = name
        self.arguments = arguments
    }

    package init(_ name: String, _ values: JSONText...) {
        self.init(name, SocketArguments(values))
    }

    /// Names that a client may not use: they mean something inside of clients and servers.
    static let reserved: Set<String> = [
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    ]
}
