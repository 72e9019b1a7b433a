/// What goes with an event or an answer: JSON values, and the binary attachments that placeholders in them stand for.
package struct SocketArguments: Sendable, Equatable {
    package let values: [JSONText]
    package let attachments: [[UInt8]]

    package init(_ values: [JSONText], attachments: [[UInt8]] = []) {
        self.values = values
        self.attachments = attachments
    }
}
