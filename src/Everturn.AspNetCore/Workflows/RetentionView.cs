using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>How long ended instances are kept, in milliseconds; absent for ever.</summary>
public sealed record RetentionView
{
    /// <summary>After completion.</summary>
    public long? SuccessRetention { get; init; }

    /// <summary>After an error or termination.</summary>
    public long? ErrorRetention { get; init; }

    internal static RetentionView Of(InstanceRetention retention) =>
        new()
        {
            SuccessRetention = (long?)retention.Success?.TotalMilliseconds,
            ErrorRetention = (long?)retention.Error?.TotalMilliseconds,
        };
}
