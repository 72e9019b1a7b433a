/// Which of a device's two sockets is behind something; raw values as they are stored and sent.
package enum NoticeSocket: String, CaseIterable, Codable, Sendable {
    case first = "1"
    case second = "2"
    case both
    /// Neither: it is the supply, the sensor, the device or the whole home.
    case none
    /// It cannot be told.
    case unknown
}
