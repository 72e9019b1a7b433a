import Postgres
import Secrets
import Store
import Transfer

/// What an exit says to the shell (sysexits.h); 0 is done.
package enum ExitStatus: Int32 {
    case someHouseholdsFailed = 2
    case wrongArguments = 64
    case badFile = 65
    case tryAgainLater = 75
    case failed = 1

    /// Nil for errors of other modules, and of the argument parser, which knows its own.
    package init?(of error: any Error) {
        switch error {
        case let error as PostgresError where error.kind == .unavailable || error.kind == .cluster:
            self = .tryAgainLater
        case let error as TransferError where error.kind == .unavailable: self = .tryAgainLater
        case is PostgresError, is SecretsError, is StoreError, is TransferError: self = .failed
        default: return nil
        }
    }
}
