/// One client in one namespace.
package struct ConnectedSocket<User: Sendable>: Sendable {
    package let id: String
    package let namespace: String
    package let user: User
}
