import Daemon
import Deployment
import Filesystem
import NIOCore
import Serving
import ServiceLifecycle

extension ExitStatus {
    /// What the errors of serving say, besides those that both programs know.
    init?(ofDaemon error: any Error) {
        switch error {
        case let error as FilesystemError where error.kind == .locked: self = .tryAgainLater
        case is IOError: self = .tryAgainLater
        case is ServingError, is SettingError: self = .wrongArguments
        case is FilesystemError, is ServiceGroupError: self = .failed
        default: self.init(of: error)
        }
    }
}
