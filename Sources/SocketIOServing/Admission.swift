/// That a client may join, as whom, and what it gets to hear.
package struct Admission<User: Sendable>: Sendable {
    package let user: User
    package let rooms: Set<String>

    package init(user: User, rooms: Set<String>) {
        self.user = user
        self.rooms = rooms
    }
}
