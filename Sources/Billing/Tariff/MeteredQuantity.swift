/// Which of the meter's figures a line goes by.
package enum MeteredQuantity: Hashable, Sendable {
    /// Taken from the network.
    case taken
    /// Given to the network.
    case given
    /// Taken less given and less what is kept from before, at least zero.
    case net
    /// What the tariff charges for: all that was taken, or what its export rule leaves of it.
    case billed
    /// Used in the house: taken, plus made, less given.
    case gross
    /// Made by the household's own plant.
    case made
    /// The part of the billed units that falls into a time-of-use period.
    case timeOfUse(String)

    static let names: [(name: String, quantity: MeteredQuantity)] = [
        ("import", .taken), ("export", .given), ("net_import", .net), ("billed", .billed), ("gross", .gross),
        ("generation", .made),
    ]
}
