package import ArgumentParser

extension AsyncParsableCommand {
    /// Runs the command that the arguments name, and exits with what its error says.
    ///
    /// - Parameter status: what an error says to the shell; nil for those of the argument parser, which knows its own.
    package static func runAsProgram(exitingBy status: @Sendable (any Error) -> ExitStatus?) async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard let code = status(error) else { exit(withError: error) }
            Console.error(String(describing: error))
            exit(withError: ExitCode(code.rawValue))
        }
    }
}
