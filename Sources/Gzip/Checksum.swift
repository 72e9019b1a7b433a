import CZlib

/// The check sum of stored records.
package enum Checksum {
    /// CRC-32 as gzip and Ethernet have it.
    package static func crc32(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { buffer in
            UInt32(CZlib.crc32(0, buffer.baseAddress, UInt32(buffer.count)))
        }
    }
}
