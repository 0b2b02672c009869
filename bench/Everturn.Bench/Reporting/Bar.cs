namespace Everturn.Bench.Reporting;

/// <summary>What a number is held against.</summary>
/// <param name="Text">In words, with its unit.</param>
/// <param name="Limit">The number in it; null where the bar is not a number.</param>
/// <param name="Reached">Whether it was reached.</param>
internal sealed record Bar(string Text, double? Limit, bool Reached)
{
    public static Bar AtLeast(double limit, string unit, double actual) =>
        new($"at least {limit:#,0.##} {unit}", limit, actual >= limit);

    public static Bar AtMost(double limit, string unit, double actual) =>
        new($"at most {limit:#,0.##} {unit}", limit, actual <= limit);

    public static Bar Under(double limit, string unit, double actual) =>
        new($"under {limit:#,0.##} {unit}", limit, actual < limit);
}
