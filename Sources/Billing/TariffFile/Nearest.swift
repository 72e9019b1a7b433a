extension Collection<String> {
    /// `; did you mean 'currency'?`, or nothing when no word is near.
    func hint(for word: String) -> String {
        let near = map { (word: $0, distance: editDistance(word, $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= Swift.max(1, word.count / 3) else { return "" }
        return "; did you mean '\(near.word)'?"
    }
}

/// How many letters must be put in, left out, changed or swapped with their neighbour to make one word the other.
private func editDistance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.lowercased().utf8), Array(right.lowercased().utf8))
    var before: [Int] = []
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
        var next = [index + 1]
        for (column, other) in right.enumerated() {
            var least = Swift.min(row[column] + (letter == other ? 0 : 1), row[column + 1] + 1, next[column] + 1)
            if index > 0, column > 0, letter == right[column - 1], left[index - 1] == other {
                least = Swift.min(least, before[column - 1] + 1)
            }
            next.append(least)
        }
        (before, row) = (row, next)
    }
    return row[right.count]
}
