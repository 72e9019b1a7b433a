/// A value for each of a device's two relays.
package struct PerRelay<Value> {
    package var first: Value
    package var second: Value

    package init(_ first: Value, _ second: Value) {
        self.first = first
        self.second = second
    }

    package subscript(relay: Relay) -> Value {
        get { relay == .first ? first : second }
        set {
            switch relay {
            case .first: first = newValue
            case .second: second = newValue
            }
        }
    }

    package func map<Other>(_ transform: (Value) -> Other) -> PerRelay<Other> {
        PerRelay<Other>(transform(first), transform(second))
    }
}

extension PerRelay: Sendable where Value: Sendable {}
extension PerRelay: Equatable where Value: Equatable {}
extension PerRelay: Hashable where Value: Hashable {}
extension PerRelay: Codable where Value: Codable {}
