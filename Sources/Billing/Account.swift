/// What the household tells about itself, by the names of the tariff's inputs.
package struct Account: Hashable, Sendable {
    package let inputs: [String: String]

    package init(_ inputs: [String: String] = [:]) {
        self.inputs = inputs
    }
}

extension Tariff {
    /// Checks that `account` tells everything that the tariff asks, in the way it asks.
    ///
    /// - Throws: ``BillingError`` of kind `missingInput` that names the input and its values.
    package func check(_ account: Account) throws {
        _ = try completed(account)
    }

    /// The account with what the tariff takes for granted filled in.
    func completed(_ account: Account) throws -> Account {
        var told: [String: String] = [:]
        for input in inputs {
            guard let value = account.inputs[input.name] ?? input.preset else {
                if input.isOptional { continue }
                throw BillingError(
                    .missingInput,
                    "the tariff asks for '\(input.name)' (\(input.valuesInWords)), which the household does not tell")
            }
            guard input.accepts(value) else {
                throw BillingError(
                    .missingInput,
                    "'\(value)' is not a value of the tariff's input '\(input.name)', which is \(input.valuesInWords)")
            }
            told[input.name] = value
        }
        return Account(told)
    }

    /// What a bill must say about inputs that were not told: only numbers stand for a fact that changes.
    func notes(onPresetsFor account: Account) -> [String] {
        inputs.compactMap { input in
            guard input.kind == .decimal, account.inputs[input.name] == nil, let preset = input.preset,
                let rate = Rate(preset), rate != .zero
            else { return nil }
            return "'\(input.name)' was not told; \(preset) was taken."
        }
    }
}
