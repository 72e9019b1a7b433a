/// What the household tells about itself, by the names of the tariff's inputs.
package struct Account: Hashable, Sendable {
    package let inputs: [String: String]

    package init(_ inputs: [String: String] = [:]) {
        self.inputs = inputs
    }

    func value(of input: String) throws -> String {
        guard let value = inputs[input] else {
            throw BillingError(
                .missingInput, "the tariff asks for '\(input)', which the household does not tell")
        }
        return value
    }
}

extension Tariff {
    /// Checks that `account` tells everything that the tariff asks, in the way it asks.
    package func check(_ account: Account) throws {
        for (name, input) in inputs.sorted(by: { $0.key < $1.key }) {
            let value = try account.value(of: name)
            let isRight =
                switch input {
                case .choice(let values): values.contains(value)
                case .decimal: Rate(value) != nil
                case .boolean: value == "true" || value == "false"
                }
            guard isRight else {
                throw BillingError(
                    .missingInput, "'\(value)' is not a value of the tariff's input '\(name)'")
            }
        }
    }
}
