/// Why no relay is opened to settle a doubt.
package enum ProbeRefusal: String, Error, CaseIterable, Sendable {
    /// It is not about what one socket draws.
    case kind
    case noDoubt
    case noConsent
    /// The sockets that it was allowed for are on the list of those that are never switched off.
    case neverCut
    /// The device cannot close a relay by itself.
    case cannotPulse
    /// Another one was made within the hour.
    case tooSoon
    /// A contact of the device did not open.
    case stuck
    case cutOff
    /// Somebody or a schedule has ordered something that has not settled.
    case ordered
    /// A relay is off or tells nothing: then there is nothing to tell apart.
    case notOn
    case unknownCurrent
    case aboveRating
    /// The power moves by itself, or too few readings tell of it.
    case unsteady
}
