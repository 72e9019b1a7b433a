/// A thing that draws power, and when.
struct Appliance: Sendable {
    enum Habit: Sendable {
        case always
        /// Runs `on` of `period` minutes, day and night: a fridge.
        case cycling(on: Int, period: Int)
        /// On between two hours of the day (beyond 24 in the next), each moved by up to half an hour, while somebody is at home.
        case between(Double, Double)
        /// Used so many times a day for so many minutes, at one of the hours.
        case uses(aDay: Double, minutes: ClosedRange<Int>, hours: ClosedRange<Int>)
        /// On between two times of the day in some months, running a part of each half hour: cooling or heating.
        case seasonal(Double, Double, months: Set<Int>, share: Double)
    }

    let name: String
    let watts: Double
    /// The switched socket it is plugged into, 1 or 2; nil for the rest of the house.
    let socket: Int?
    let habit: Habit

    init(_ name: String, _ watts: Double, socket: Int? = nil, _ habit: Habit) {
        self.name = name
        self.watts = watts
        self.socket = socket
        self.habit = habit
    }
}

extension Appliance {
    /// Adds what it draws in each minute of a day.
    func add(to watts: inout [Double], on day: DayPlan, with random: inout SeededGenerator) {
        switch habit {
        case .always:
            for minute in watts.indices { watts[minute] += self.watts }
        case .cycling(let on, let period):
            let start = random.number(in: 0...period)
            for minute in watts.indices where (minute + start) % period < on { watts[minute] += self.watts }
        case .between(let from, let to):
            run(from, to, share: 1, in: &watts, on: day, with: &random)
        case .seasonal(let from, let to, let months, let share):
            guard months.contains(day.month) else { return }
            run(from, to, share: share * day.severity, in: &watts, on: day, with: &random)
        case .uses(let aDay, let minutes, let hours):
            guard !day.isAway else { return }
            let expected = aDay * (day.isWeekend ? 1.2 : 0.92)
            let count = Int(expected) + (random.happens(expected - expected.rounded(.down)) ? 1 : 0)
            for _ in 0..<count {
                let start = random.number(in: hours.lowerBound * 60...hours.upperBound * 60)
                let length = random.number(in: minutes)
                for minute in start..<start + length where minute < watts.count { watts[minute] += self.watts }
            }
        }
    }

    private func run(
        _ from: Double, _ to: Double, share: Double, in watts: inout [Double], on day: DayPlan,
        with random: inout SeededGenerator
    ) {
        guard !day.isAway else { return }
        let start = max(0, Int(from * 60) + random.number(in: -30...30))
        let end = max(start, Int(to * 60) + random.number(in: -30...30))
        // Beyond midnight the night's first hours of the same day stand for those of the next.
        for minute in start..<end where Double(minute % 30) < share * 30 { watts[minute % watts.count] += self.watts }
    }
}

/// What is special about a day.
struct DayPlan {
    let month: Int
    let isWeekend: Bool
    let isAway: Bool
    /// How hot or cold it is for the season, about 1.
    let severity: Double
}
