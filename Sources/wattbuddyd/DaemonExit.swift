import Filesystem
import NIOCore
import Postgres
import Serving
import ServiceLifecycle

/// What an exit says to the shell (sysexits.h); 0 is stopped when told to.
enum DaemonExit: Int32 {
    case wrongArguments = 64
    case tryAgainLater = 75
    case failed = 1

    /// Nil for errors of the argument parser, which knows its own.
    init?(of error: any Error) {
        switch error {
        case let error as PostgresError where error.kind == .unavailable || error.kind == .cluster:
            self = .tryAgainLater
        case let error as FilesystemError where error.kind == .locked: self = .tryAgainLater
        case is IOError: self = .tryAgainLater
        case is ServingError: self = .wrongArguments
        case is PostgresError, is FilesystemError, is ServiceGroupError: self = .failed
        default: return nil
        }
    }
}
