package import Testing

/// Waits until something is so: asks again and again, and gives up after half a minute.
///
/// - Throws: when it never is.
package func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(30))
    while ContinuousClock.now < deadline {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    try #require(Bool(false), what, sourceLocation: sourceLocation)
}
