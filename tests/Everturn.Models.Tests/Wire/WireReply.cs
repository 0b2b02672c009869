namespace Everturn.Models.Tests.Wire;

/// <summary>What the server answers to one request, whatever the vendor.</summary>
internal sealed record WireReply
{
    public string[] Reasoning { get; init; } = [];

    public string[] Text { get; init; } = [];

    public WireCall[] Calls { get; init; } = [];

    public WireUsage Usage { get; init; } = new(30, 20, 7, 3);

    public bool HitLimit { get; init; }

    public int Status { get; init; } = 200;

    public string? RetryAfter { get; init; }

    public Ending Ending { get; init; }

    /// <summary>What the server waits for between the pieces and the ending.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public static WireReply Says(params string[] text) => new() { Text = text };

    public static WireReply Refuses(int status, string? retryAfter = null) =>
        new() { Status = status, RetryAfter = retryAfter };
}
