import CPostgres
import Foundation

/// Runs a program that may leave a server behind.
///
/// Not `Foundation.Process`, which waits until every descendant has closed what it inherited: a server never does.
enum Command {
    /// - Returns: the exit status and what was printed.
    static func run(_ command: [String]) throws -> (status: Int32, output: String) {
        // A file, not a pipe: nobody waits for the server to close it.
        guard let output = tmpfile() else { throw failure("no temporary file", errno) }
        defer { fclose(output) }
        let child = try spawn(command, writingTo: fileno(output))
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw failure(command[0], errno) }
        }
        rewind(output)
        let text = FileHandle(fileDescriptor: fileno(output), closeOnDealloc: false).readDataToEndOfFile()
        let exited = status & 0x7F == 0
        return (exited ? (status >> 8) & 0xFF : 128 + (status & 0x7F), String(decoding: text, as: UTF8.self))
    }

    private static func spawn(_ command: [String], writingTo output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        let prepared = wattbuddy_leave_nothing_behind(&actions)
        guard prepared == 0 else { throw failure(command[0], prepared) }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, command[0], &actions, nil, &arguments, environ)
        guard result == 0 else { throw failure(command[0], result) }
        return child
    }

    private static func failure(_ what: String, _ code: Int32) -> PostgresError {
        PostgresError(.cluster, "\(what) cannot be run: \(String(cString: strerror(code)))")
    }
}
