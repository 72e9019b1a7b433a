import Foundation

/// The part of an address that belongs to one client: of IPv4 all of it, of IPv6 the first 64 bits.
struct ClientNetwork: Hashable, Sendable {
    let text: String

    /// - Parameter address: as text; what is no IP address stands for itself.
    init(_ address: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else {
            text = address
            return
        }
        // ::ffff:192.0.2.1 is the IPv4 address of a client at a listener for both.
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        text =
            isMapped
            ? bytes.suffix(4).map(String.init).joined(separator: ".")
            : bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}
