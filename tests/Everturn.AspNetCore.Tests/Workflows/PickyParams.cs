namespace Everturn.AspNetCore.Tests;

/// <summary>Parameters that check themselves.</summary>
public sealed record PickyParams
{
    public int Count
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }
}
