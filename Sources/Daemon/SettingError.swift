/// A setting that cannot be.
package struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name in the environment.
    package let key: String
    package let value: String
    /// What it may be.
    package let allowed: String

    package var description: String { "\(key) is '\(value)'; it may be \(allowed)" }
}
