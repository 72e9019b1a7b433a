import Foundation

func exponentiate(_ base: Double, _ exponent: Double) -> Double {
    pow(base, exponent)
}
