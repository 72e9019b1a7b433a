/// What a transaction said to all who listen, when it was committed.
package struct DatabaseNotification: Hashable, Sendable {
    package let channel: String
    package let payload: String
}
