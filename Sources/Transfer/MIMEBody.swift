import CCurl
import Foundation

/// The letter as libcurl's parts: related( alternative( text, HTML ), picture ).
struct MIMEBody: ~Copyable {
    let pointer: OpaquePointer

    init(_ letter: Letter, _ handle: borrowing Handle) throws {
        guard let whole = curl_mime_init(handle.pointer), let texts = curl_mime_init(handle.pointer) else {
            throw TransferError(.unavailable, "no memory for a letter")
        }
        do { try Self.fill(whole, texts: texts, with: letter, handle) } catch {
            curl_mime_free(whole)
            throw error
        }
        pointer = whole
    }

    private static func fill(
        _ whole: OpaquePointer, texts: OpaquePointer, with letter: Letter, _ handle: borrowing Handle
    ) throws {
        let both = curl_mime_addpart(whole)
        try handle.check(curl_mime_subparts(both, texts))
        try handle.check(curl_mime_type(both, "multipart/alternative"))
        try add(Data(lines(letter.plainText).utf8), "text/plain; charset=utf-8", "quoted-printable", to: texts, handle)
        try add(Data(lines(letter.html).utf8), "text/html; charset=utf-8", "quoted-printable", to: texts, handle)
        let picture = try add(letter.picture, "image/png", "base64", to: whole, handle)
        let headers = [
            "Content-ID: <\(letter.pictureID)>", "Content-Disposition: inline; filename=\"\(letter.pictureName)\"",
        ]
        var list: UnsafeMutablePointer<curl_slist>?
        for header in headers { list = curl_slist_append(list, header) }
        // The part takes the list over.
        try handle.check(curl_mime_headers(picture, list, 1))
    }

    deinit {
        curl_mime_free(pointer)
    }

    @discardableResult
    private static func add(
        _ data: Data, _ type: String, _ encoding: String, to mime: OpaquePointer, _ handle: borrowing Handle
    ) throws -> OpaquePointer? {
        let part = curl_mime_addpart(mime)
        try data.withUnsafeBytes { bytes in
            try handle.check(curl_mime_data(part, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count))
        }
        try handle.check(curl_mime_type(part, type))
        try handle.check(curl_mime_encoder(part, encoding))
        return part
    }

    /// Lines of a mail end with carriage return and line feed (RFC 5322).
    private static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}
