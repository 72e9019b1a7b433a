/// One step: up to which total, at which rate.
package struct Slab: Hashable, Sendable {
    package let upTo: Limit?
    package let rate: RateTable
}
