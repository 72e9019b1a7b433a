/// What a household's use of a limit has come to.
package enum LimitChange: Hashable, Sendable {
    /// A step was reached that had not been told in this period.
    case reached(AlertCondition)
    /// The alert for this limit has no more ground: the power fell, or another period has begun.
    case over(AlertCondition.Key)
}
