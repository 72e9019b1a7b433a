import Billing
import Deployment
import Gzip
import Importing
import Reports

extension ExitStatus {
    /// What the errors of jobs and files say, besides those that both programs know.
    init?(ofJob error: any Error) {
        switch error {
        case let error as ReportsError where error.kind == .busy: self = .tryAgainLater
        case let error as BillingError where error.kind != .badTariff && error.kind != .badReceipt:
            self = .wrongArguments
        case is ImportError, is GzipError, is BillingError: self = .badFile
        case is ReportsError: self = .failed
        default: self.init(of: error)
        }
    }
}
