import Foundation

/// What is known of one outage.
struct OutageEvidence: Sendable {
    /// What the register did across it.
    enum Movement: Sendable {
        case countedOn, stoodStill
        /// Too little flows in that home to tell.
        case unclear
    }

    /// Nil when neither boot number, sequence nor uptime tells.
    let hasRestarted: Bool?
    let movement: Movement
    /// The other devices of the household.
    let household: Witnesses
    /// Devices of other households at the same server.
    let elsewhere: Witnesses
    /// Whether the time without readings is longer than the meter's heartbeat.
    let isGap: Bool
    let seconds: Double

    /// Somebody's readings were taken.
    private var serverWasUp: Bool {
        if case .heard = household { return true }
        if case .heard = elsewhere { return true }
        return false
    }

    private var nobodyWasHeard: Bool {
        if case .allSilent = elsewhere { return !serverWasUp }
        return false
    }

    /// The one cause that fits; unknown when more than one does.
    var cause: Outage.Cause {
        switch (hasRestarted, movement) {
        case (true?, .stoodStill): restartedWithoutCounting
        case (true?, .unclear): isGap ? restartedSomehow : restartedWithoutCounting
        case (true?, .countedOn) where !isGap: .deviceRestarted
        case (nil, .stoodStill): stoodStill
        case (_, .countedOn), (false?, .unclear): measuredOn
        case (false?, .stoodStill), (nil, .unclear): .unknown
        }
    }

    /// The mains come back to all devices of a home at once; a device that restarts alone has its own reasons. Without a
    /// witness only the time tells: a device that hung is started anew by its watchdog, long before an hour is over.
    private var restartedWithoutCounting: Outage.Cause {
        switch household {
        case .heard: .deviceRestarted
        case .allSilent: .powerCut
        case .none: isGap ? (seconds >= Self.hang ? .powerCut : .unknown) : .deviceRestarted
        }
    }

    private static let hang = 3600.0

    private var restartedSomehow: Outage.Cause {
        switch household {
        case .heard: .deviceRestarted
        case .allSilent: .powerCut
        case .none: .unknown
        }
    }

    private var stoodStill: Outage.Cause {
        if case .allSilent = household { return nobodyWasHeard ? .unknown : .powerCut }
        return .unknown
    }

    private var measuredOn: Outage.Cause {
        serverWasUp ? .networkLost : nobodyWasHeard ? .serverDown : .unknown
    }
}
