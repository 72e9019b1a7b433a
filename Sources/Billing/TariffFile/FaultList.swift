/// The faults found so far; lives only while one file is read.
final class FaultList {
    private(set) var faults: [TariffFault] = []

    /// Whether every fault counts; else a place has one, the first said, which is nearest to the cause.
    var takesSeveralAtOnePlace = true

    func add(_ fault: TariffFault) {
        let isKnown = faults.contains { known in
            known == fault || (!takesSeveralAtOnePlace && known.line == fault.line && known.column == fault.column)
        }
        if !isKnown { faults.append(fault) }
    }

    func add(_ message: String, at value: YAMLValue) {
        add(value.fault(message))
    }

    /// What `body` gives; nil when it found a fault, which is kept.
    func attempt<Value>(_ body: () throws -> Value) -> Value? {
        do { return try body() } catch let fault as TariffFault {
            add(fault)
        } catch {
            add(TariffFault(line: 0, column: 0, message: String(describing: error)))
        }
        return nil
    }
}
