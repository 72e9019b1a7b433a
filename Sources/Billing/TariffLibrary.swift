/// The tariffs that come with the program.
package enum TariffLibrary {
    /// The text of each shipped tariff file by its id.
    package static let files: [String: String] = [
        "in-kl-kseb-lt1a": String(decoding: PackageResources.in_kl_kseb_lt1a_yaml, as: UTF8.self)
    ]
}
