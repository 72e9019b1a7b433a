import CCairo

/// Takes the bytes of a PDF as Cairo writes them.
final class Paper {
    private(set) var bytes: [UInt8] = []

    /// In points.
    static let a4 = (width: 595.0, height: 842.0)

    /// A surface that writes here; this object must live as long as it does.
    func surface(width: Double, height: Double) -> OpaquePointer? {
        cairo_pdf_surface_create_for_stream(
            { paper, data, length in
                guard let paper, let data else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Paper>.fromOpaque(paper).takeUnretainedValue()
                    .bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(self).toOpaque(), width, height)
    }
}
