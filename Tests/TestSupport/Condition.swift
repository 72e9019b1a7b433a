package import Testing

/// Waits until something is so: asks again and again, and gives up after a minute and a half.
///
/// - Throws: when it never is.
package func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(90))
    while ContinuousClock.now < deadline {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    try #require(Bool(false), what, sourceLocation: sourceLocation)
}
