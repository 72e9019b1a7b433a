import Billing
import Gzip
import Importing
import Postgres
import Reports
import Store
import Transfer

/// What an exit says to the shell (sysexits.h); 0 is done.
enum ExitStatus: Int32 {
    case someHouseholdsFailed = 2
    case wrongArguments = 64
    case badFile = 65
    case tryAgainLater = 75
    case failed = 1

    /// Nil for errors of the argument parser, which knows its own.
    init?(of error: any Error) {
        switch error {
        case let error as PostgresError where error.kind == .unavailable || error.kind == .cluster:
            self = .tryAgainLater
        case let error as ReportsError where error.kind == .busy: self = .tryAgainLater
        case let error as TransferError where error.kind == .unavailable: self = .tryAgainLater
        case let error as BillingError where error.kind != .badTariff && error.kind != .badReceipt:
            self = .wrongArguments
        case is ImportError, is GzipError, is BillingError: self = .badFile
        case is PostgresError, is ReportsError, is StoreError, is TransferError: self = .failed
        default: return nil
        }
    }
}
