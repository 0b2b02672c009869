namespace Everturn.Bench.Measuring;

/// <summary>Statistics of a set of measurements.</summary>
internal static class Samples
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(50);

    /// <summary>The smallest value that at least so many percent of the values do not exceed; an even median is halved.</summary>
    public static double Percentile(this IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new InvalidOperationException("Nothing was measured.");
        }

        var rank = (int)Math.Ceiling(percent / 100 * sorted.Length);
        var index = Math.Clamp(rank - 1, 0, sorted.Length - 1);
        return percent == 50 && sorted.Length % 2 == 0 ? (sorted[index] + sorted[index + 1]) / 2 : sorted[index];
    }
}
