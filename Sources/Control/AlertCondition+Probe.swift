import Notices

extension AlertCondition {
    /// The sentence after one socket was tried; it names the socket that was found.
    package func sentence(after finding: ProbeFinding, in place: AlertPlace) -> String {
        let socket = finding.socket ?? key.socket
        let found = finding.answer.phrase.text([
            "tried": place.name(of: NoticeSocket(finding.relay)),
            "who": place.name(of: socket),
            "length": NoticeUnit.seconds.text(Double(ProbeRule.milliseconds) / 1000),
            "before": NoticeUnit.watts.text(finding.before ?? 0),
            "open": NoticeUnit.watts.text(finding.open ?? 0),
        ])
        return "\(at(socket).sentence(in: place)) \(found)"
    }
}

extension ProbeAnswer {
    fileprivate var phrase: NoticePhrase {
        switch self {
        case .here: .probeHere
        case .there: .probeThere
        case .both: .probeBoth
        case .moved: .probeMoved
        case .lost: .probeLost
        }
    }
}
