import Metering

/// Reads times of use and finds where they overlap or leave a hole.
struct TimeOfUseReader {
    let inputs: [TariffInput]
    let faults: FaultList

    func timeOfUse(_ value: YAMLValue) throws -> TimeOfUse {
        let entries = try value.value("periods").list()
        let windows = try entries.map(window)
        let input = try value.optional("input")
        if let input { checkBoolean(try input.text(), at: input) }
        let timeOfUse = TimeOfUse(
            fallback: try value.optional("default")?.text(), windows: windows,
            holidays: try value.optional("holidays")?.list().map(holiday) ?? [],
            isOptional: try value.optional("optional")?.boolean() ?? (input != nil), input: try input?.text())
        checkOverlaps(windows, at: entries)
        if timeOfUse.fallback == nil { try checkHoles(timeOfUse, at: value.value("periods")) }
        return timeOfUse
    }

    private func checkBoolean(_ name: String, at value: YAMLValue) {
        guard inputs.first(where: { $0.name == name })?.kind != .boolean else { return }
        faults.add("'\(name)' is no boolean input of the tariff\(inputs.map(\.name).hint(for: name))", at: value)
    }

    private func window(_ value: YAMLValue) throws -> TimeOfUse.Window {
        let hours = try value.optional("hours")?.list().flatMap { hours in
            guard let minutes = TextFormat.minutes(try hours.text()) else {
                throw hours.fault("hours are like \"18:00-22:00\"")
            }
            return minutes
        }
        let days = try value.optional("days")?.list().map { day in
            guard let kinds = DayKinds(word: try day.text()) else {
                throw day.fault(YAMLValue.unknownWord(try day.text(), DayKinds.words))
            }
            return kinds
        }
        let months = try value.optional("months")?.list().map { try $0.whole(in: 1...12) }
        return TimeOfUse.Window(
            name: try value.value("name").text(), minutes: hours ?? [0..<1440],
            days: days?.reduce(.none) { $0.union($1) } ?? .every, months: Set(months ?? Array(1...12)))
    }

    private func holiday(_ value: YAMLValue) throws -> Holiday {
        guard value.isTable else { return .once(try value.date()) }
        if let yearly = try value.optional("day") {
            guard let day = Season.DayOfYear(try yearly.text()) else {
                throw yearly.fault("a day of the year is like 07-04")
            }
            return .yearly(day, isMoved: try value.optional("moved")?.boolean() ?? false)
        }
        let name = try value.value("weekday")
        guard let weekday = DayKinds.weekdayNames.firstIndex(of: try name.text()) else {
            throw name.fault(YAMLValue.unknownWord(try name.text(), DayKinds.weekdayNames))
        }
        let number = try value.value("number")
        return .weekday(
            weekday, number: try number.text() == "last" ? nil : try number.whole(in: 1...5),
            month: try value.value("month").whole(in: 1...12))
    }

    private func checkOverlaps(_ windows: [TimeOfUse.Window], at entries: [YAMLValue]) {
        for (index, window) in windows.enumerated() {
            for other in windows.prefix(index) where overlaps(window, other) {
                faults.add("the period '\(window.name)' overlaps '\(other.name)'", at: entries[index])
            }
        }
    }

    private func overlaps(_ left: TimeOfUse.Window, _ right: TimeOfUse.Window) -> Bool {
        !left.months.isDisjoint(with: right.months)
            && (0..<DayKinds.kindCount).contains { left.days.contains($0) && right.days.contains($0) }
            && left.minutes.contains { minutes in right.minutes.contains { $0.overlaps(minutes) } }
    }

    private func checkHoles(_ timeOfUse: TimeOfUse, at value: YAMLValue) {
        let minutes = Set(
            [0] + timeOfUse.windows.flatMap { $0.minutes.flatMap { [$0.lowerBound, $0.upperBound % 1440] } })
        for month in 1...12 {
            for kind in 0..<DayKinds.kindCount {
                for minute in minutes.sorted() where timeOfUse.period(kind: kind, month: month, minute: minute) == nil {
                    let day = DayKinds.weekdayNames[kind % 7] + (kind < 7 ? "" : " on holidays")
                    return faults.add(
                        "no period holds \(day) \(clockText(minute: minute)) in month \(month); name a 'default' for the rest",
                        at: value)
                }
            }
        }
    }
}
