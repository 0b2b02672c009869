namespace Everturn;

/// <summary>Which page of a list to read.</summary>
/// <param name="Limit">How many items at most, 1 to 1,000. Default 50.</param>
/// <param name="Cursor">Where the page before this one ended, see <see cref="Page{T}.NextCursor"/>; null for the first.</param>
public sealed record PageRequest(int Limit = 50, string? Cursor = null)
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>Checks the limit.</summary>
    /// <exception cref="InvalidInputException">The limit is not 1 to 1,000.</exception>
    public void Check()
    {
        if (Limit is < 1 or > MaxLimit)
        {
            throw new InvalidInputException("limit", $"A limit is 1 to {MaxLimit}.");
        }
    }
}
