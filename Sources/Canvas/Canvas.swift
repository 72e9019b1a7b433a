import CCairo

/// A picture being drawn, in CSS pixels; its raster has two pixels for each.
package struct Canvas: ~Copyable {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let width: Int
    private let height: Int
    /// What a PDF is written into; nil for a raster.
    private let paper: Paper?

    /// Pixels of the raster for one CSS pixel.
    package static let scale = 2
    private static let font = "DejaVu Sans"

    /// - Parameters:
    ///   - width: 1 to 4000 CSS pixels.
    ///   - height: 1 to 8000 CSS pixels.
    package init(width: Int, height: Int, background: Colour) throws {
        guard (1...4000).contains(width), (1...8000).contains(height) else {
            throw CanvasError(.badSize, "a picture of \(width) by \(height) pixels cannot be made")
        }
        let pixels = (Int32(width * Self.scale), Int32(height * Self.scale))
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels.0, pixels.1),
            let context = cairo_create(surface)
        else { throw CanvasError(.drawing, "no memory for a picture") }
        self.surface = surface
        self.context = context
        self.width = width
        self.height = height
        paper = nil
        Self.fixLetters(of: context)
        cairo_scale(context, Double(Self.scale), Double(Self.scale))
        setSource(background)
        cairo_paint(context)
    }

    /// A page of paper, A4, on which a drawing of the size given is laid at the top, made smaller where it would not fit.
    ///
    /// - Parameters:
    ///   - title: of the document.
    ///   - day: on which it was made, `2026-02-01`; the same drawing with the same day gives the same bytes.
    package init(paperFor width: Int, by height: Int, title: String, madeOn day: String) throws {
        let paper = Paper()
        guard let surface = paper.surface(width: Paper.a4.width, height: Paper.a4.height),
            let context = cairo_create(surface)
        else { throw CanvasError(.drawing, "no memory for a page") }
        self.surface = surface
        self.context = context
        self.width = width
        self.height = height
        self.paper = paper
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day)
        let fit = min(Paper.a4.width / Double(width), Paper.a4.height / Double(height))
        Self.fixLetters(of: context)
        cairo_scale(context, fit, fit)
    }

    /// The page as a PDF.
    package consuming func pdf() throws -> [UInt8] {
        guard let paper else { throw CanvasError(.drawing, "a raster is no page") }
        cairo_show_page(context)
        try check(cairo_status(context))
        cairo_surface_finish(surface)
        try check(cairo_surface_status(surface))
        return paper.bytes
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Letters are drawn by their outlines alone: neither the machine's settings nor what was drawn before changes a pixel.
    private static func fixLetters(of context: OpaquePointer) {
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(context, options)
    }

    package func fill(_ rectangle: Rectangle, _ colour: Colour, radius: Double = 0) {
        path(rectangle, radius: radius)
        setSource(colour)
        cairo_fill(context)
    }

    package func stroke(
        _ rectangle: Rectangle, _ colour: Colour, width: Double = 1, dash: [Double] = [], radius: Double = 0
    ) {
        path(rectangle, radius: radius)
        stroke(colour, width: width, dash: dash)
    }

    package func line(_ points: [Point], _ colour: Colour, width: Double = 1, dash: [Double] = []) {
        path(points)
        stroke(colour, width: width, dash: dash)
    }

    package func fill(_ polygon: [Point], _ colour: Colour) {
        path(polygon)
        cairo_close_path(context)
        setSource(colour)
        cairo_fill(context)
    }

    /// Slanting lines inside the rectangle: readable without colour.
    package func hatch(_ rectangle: Rectangle, _ colour: Colour, spacing: Double = 4, width: Double = 1) {
        cairo_save(context)
        path(rectangle, radius: 0)
        cairo_clip(context)
        let reach = rectangle.height
        for start in stride(from: rectangle.x - reach, through: rectangle.x + rectangle.width, by: spacing) {
            cairo_move_to(context, start, rectangle.y + rectangle.height)
            cairo_line_to(context, start + reach, rectangle.y)
        }
        stroke(colour, width: width, dash: [])
        cairo_restore(context)
    }

    /// Writes `text` with its base line at `point`; the alignment says which end of it lies there.
    package func text(_ text: String, at point: Point, _ style: TextStyle, _ colour: Colour) {
        select(style)
        setSource(colour)
        var x = point.x
        if style.alignment != .left {
            let width = advance(of: text)
            x -= style.alignment == .right ? width : width / 2
        }
        cairo_move_to(context, x, point.y)
        cairo_show_text(context, text)
    }

    /// How wide `text` is, in CSS pixels.
    package func width(of text: String, _ style: TextStyle) -> Double {
        select(style)
        return advance(of: text)
    }

    /// The picture as an indexed-colour PNG: the same drawing gives the same bytes.
    ///
    /// - Parameter print: of what was drawn.
    package consuming func png(carrying print: Fingerprint) throws -> [UInt8] {
        cairo_surface_flush(surface)
        try check(cairo_status(context))
        try check(cairo_surface_status(surface))
        guard let pixels = cairo_image_surface_get_data(surface) else {
            throw CanvasError(.drawing, "the picture has no pixels")
        }
        let stride = Int(cairo_image_surface_get_stride(surface))
        let raster = Raster(
            pixels: UnsafeRawBufferPointer(start: pixels, count: stride * height * Self.scale),
            width: width * Self.scale, height: height * Self.scale, stride: stride)
        return try PNGEncoder.encode(raster, carrying: print)
    }

    private func check(_ status: cairo_status_t) throws {
        guard status == CAIRO_STATUS_SUCCESS else {
            throw CanvasError(.drawing, String(cString: cairo_status_to_string(status)))
        }
    }

    private func setSource(_ colour: Colour) {
        cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.opacity)
    }

    private func stroke(_ colour: Colour, width: Double, dash: [Double]) {
        setSource(colour)
        cairo_set_line_width(context, width)
        cairo_set_dash(context, dash, Int32(dash.count), 0)
        cairo_stroke(context)
    }

    private func path(_ points: [Point]) {
        for (index, point) in points.enumerated() {
            index == 0 ? cairo_move_to(context, point.x, point.y) : cairo_line_to(context, point.x, point.y)
        }
    }

    private func path(_ box: Rectangle, radius: Double) {
        let radius = min(radius, box.width / 2, box.height / 2)
        guard radius > 0 else { return cairo_rectangle(context, box.x, box.y, box.width, box.height) }
        let (right, bottom) = (box.x + box.width, box.y + box.height)
        cairo_new_sub_path(context)
        cairo_arc(context, right - radius, box.y + radius, radius, -.pi / 2, 0)
        cairo_arc(context, right - radius, bottom - radius, radius, 0, .pi / 2)
        cairo_arc(context, box.x + radius, bottom - radius, radius, .pi / 2, .pi)
        cairo_arc(context, box.x + radius, box.y + radius, radius, .pi, .pi * 1.5)
        cairo_close_path(context)
    }

    private func select(_ style: TextStyle) {
        let weight = style.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
        cairo_select_font_face(context, Self.font, CAIRO_FONT_SLANT_NORMAL, weight)
        cairo_set_font_size(context, style.size)
    }

    private func advance(of text: String) -> Double {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }
}
