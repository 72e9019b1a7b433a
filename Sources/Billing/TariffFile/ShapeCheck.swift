/// Goes through a file and names every place that has not the shape it should have.
struct ShapeCheck {
    let definitions: [String: Shape]
    let faults: FaultList

    func check(_ value: YAMLValue, _ shape: Shape) {
        switch shape {
        case .named(let name): if let shape = definitions[name] { check(value, shape) }
        case .any(let shapes): check(value, oneOf: shapes)
        case .list(let shape, let least): checkList(value, shape, least: least)
        case .table(let fields, let groups): checkTable(value, fields, groups)
        case .names(let format, let shape, let words): checkNames(value, format, shape, words)
        case .text, .format, .whole, .boolean, .word, .null: checkSingle(value, shape)
        }
    }

    private func check(_ value: YAMLValue, oneOf shapes: [Shape]) {
        if value.isNull, shapes.contains(where: { if case .null = $0 { true } else { false } }) { return }
        let kind: Shape.Kind = value.isList ? .list : value.isTable ? .table : .single
        let fitting = shapes.filter { $0.kind(in: definitions) == kind }
        guard let first = fitting.first else {
            return faults.add(shapes.compactMap(meaning).joined(separator: ", or ") + " is expected here", at: value)
        }
        let good = fitting.first { accepts(value, $0) }
        check(value, good ?? first)
    }

    private func accepts(_ value: YAMLValue, _ shape: Shape) -> Bool {
        let trial = ShapeCheck(definitions: definitions, faults: FaultList())
        trial.check(value, shape)
        return trial.faults.faults.isEmpty
    }

    private func checkList(_ value: YAMLValue, _ shape: Shape, least: Int) {
        guard let list = faults.attempt({ try value.list() }) else { return }
        if list.count < least { faults.add("the list is empty", at: value) }
        for entry in list { check(entry, shape) }
    }

    private func checkTable(_ value: YAMLValue, _ fields: [Shape.Field], _ groups: [[String]]) {
        guard let entries = faults.attempt({ try value.entries() }) else { return }
        let known = fields.map(\.key)
        var given: Set<String> = []
        for (key, entry) in entries {
            let name = key.node.scalar?.string ?? ""
            guard let field = fields.first(where: { $0.key == name }) else {
                faults.add("'\(name)' is not known here\(hint(for: name, known))", at: key)
                continue
            }
            given.insert(name)
            check(entry, field.shape)
        }
        for field in fields where field.isRequired && !given.contains(field.key) {
            faults.add(TariffFault(value, missing: field.key))
        }
        for group in groups where group.filter(given.contains).count != 1 {
            faults.add(YAMLValue.exactlyOne(group), at: value)
        }
    }

    private func hint(for name: String, _ known: [String]) -> String {
        let near = known.hint(for: name)
        return near.isEmpty ? "; known are \(known.joined(separator: ", "))" : near
    }

    private func checkNames(_ value: YAMLValue, _ format: TextFormat?, _ shape: Shape, _ words: [String]) {
        guard let entries = faults.attempt({ try value.entries() }) else { return }
        if entries.isEmpty { faults.add("the table is empty", at: value) }
        for (key, entry) in entries {
            let name = key.node.scalar?.string ?? ""
            if let format, !format.accepts(name) { faults.add("'\(name)' is not \(format.meaning)", at: key) }
            check(entry, words.contains(name) ? .text : shape)
        }
    }

    private func checkSingle(_ value: YAMLValue, _ shape: Shape) {
        guard let text = value.node.scalar?.string, !text.isEmpty else {
            return faults.add("\(meaning(of: shape) ?? "a single value") is expected here", at: value)
        }
        let isGood =
            switch shape {
            case .format(let format): format.accepts(text)
            case .whole(let range): Int(text).map(range.contains) ?? false
            case .boolean: text == "true" || text == "false"
            case .word(let words): words.contains(text)
            default: true
            }
        guard !isGood else { return }
        let known: [String] = if case .word(let words) = shape { words } else { [] }
        faults.add("'\(text)' is not \(meaning(of: shape) ?? "right here")\(known.hint(for: text))", at: value)
    }

    private func meaning(of shape: Shape) -> String? {
        switch shape {
        case .text: "a text"
        case .format(let format): format.meaning
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .word(let words): "one of \(words.joined(separator: ", "))"
        case .list: "a list"
        case .table(let fields, _): "a table of \(fields.map(\.key).joined(separator: ", "))"
        case .names: "a table of names and values"
        case .named(let name): definitions[name].flatMap(meaning)
        case .any(let shapes): shapes.compactMap(meaning).joined(separator: ", or ")
        case .null: nil
        }
    }
}

extension TariffFault {
    fileprivate init(_ value: YAMLValue, missing key: String) {
        self = value.fault("'\(key)' is missing here")
    }
}
