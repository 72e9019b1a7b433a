import CCurl
import Foundation

/// The letter as libcurl's parts: related( alternative( text, HTML ), picture ), or alternative( text, HTML ) alone.
struct MIMEBody: ~Copyable {
    let pointer: OpaquePointer

    init(_ letter: Letter, _ handle: borrowing Handle) throws {
        let whole = try Self.mime(handle)
        do {
            if let picture = letter.picture {
                try Self.fill(whole, with: letter, and: picture, handle)
            } else {
                try Self.addTexts(of: letter, to: whole, handle)
            }
        } catch {
            curl_mime_free(whole)
            throw error
        }
        pointer = whole
    }

    private static func mime(_ handle: borrowing Handle) throws -> OpaquePointer {
        guard let mime = curl_mime_init(handle.pointer) else {
            throw TransferError(.unavailable, "no memory for a letter")
        }
        return mime
    }

    private static func addTexts(of letter: Letter, to mime: OpaquePointer, _ handle: borrowing Handle) throws {
        try add(Data(lines(letter.plainText).utf8), "text/plain; charset=utf-8", "quoted-printable", to: mime, handle)
        try add(Data(lines(letter.html).utf8), "text/html; charset=utf-8", "quoted-printable", to: mime, handle)
    }

    private static func fill(
        _ whole: OpaquePointer, with letter: Letter, and shown: Letter.Picture, _ handle: borrowing Handle
    ) throws {
        let texts = try mime(handle)
        let both = curl_mime_addpart(whole)
        // From here on it belongs to the whole.
        try handle.check(curl_mime_subparts(both, texts))
        try handle.check(curl_mime_type(both, "multipart/alternative"))
        try addTexts(of: letter, to: texts, handle)
        let picture = try add(shown.png, "image/png", "base64", to: whole, handle)
        let headers = ["Content-ID: <\(shown.id)>", "Content-Disposition: inline; filename=\"\(shown.name)\""]
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
