import Charts
import Foundation

/// A chart on a page: the picture for both themes, what it tells in words, and its figures as a table.
struct ChartView: Sendable {
    let heading: String
    let light: String
    let dark: String
    let width: Int
    let height: Int
    let alt: String
    let table: TableView

    /// Draws the chart and gives its files, which lie beside the page; a picture that lies there already is not drawn again.
    static func make(
        _ chart: some Drawable, named name: String, in folder: PageFolder, heading: String, alt: String,
        table: TableView
    ) throws -> (view: ChartView, files: [SiteFile]) {
        let drawing = Drawing(chart)
        let files = try Theme.allCases.map { theme in
            let path = "\(folder.path)/\(name)-\(theme.rawValue).png"
            let old = folder.published.file(at: path).flatMap {
                drawing.fingerprint(in: theme).isCarried(by: $0) ? $0 : nil
            }
            return SiteFile(path, try old ?? Data(drawing.picture(in: theme).png))
        }
        let view = ChartView(
            heading: heading, light: "\(name)-light.png", dark: "\(name)-dark.png", width: chart.width,
            height: chart.height, alt: alt, table: table)
        return (view, files)
    }
}

/// A table; the first cell of each row names it.
struct TableView: Sendable {
    struct Row: Sendable {
        let title: String
        let cells: [String]
    }

    let caption: String
    let columns: [String]
    let rows: [Row]
}
