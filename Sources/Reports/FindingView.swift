import Analysis
import Charts
import Foundation
import Metering
import Notices

/// A finding on a page: its sentence, and the picture that proves it.
struct FindingView: Sendable {
    let title: String
    let text: String
    // Nil for findings of versions that kept no evidence.
    let chart: ChartView?

    static func make(
        _ ranked: RankedFinding, _ figures: PeriodFigures, in folder: PageFolder
    ) throws -> (view: FindingView, files: [SiteFile]) {
        let finding = ranked.finding
        let chart = try finding.evidence.map { evidence in
            try EvidenceView(finding, evidence, figures.wording).make(in: folder)
        }
        let title = finding.evidence?.jump?.reason.title ?? finding.kind.notice.title
        let view = FindingView(title: title, text: FindingText(ranked, figures).text, chart: chart?.view)
        return (view, chart?.files ?? [])
    }
}
