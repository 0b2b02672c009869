using System.Text.Json;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Body of <c>POST /workflows/{workflow}/instances</c>, and an entry of a batch.</summary>
public sealed record CreateInstanceRequest
{
    /// <summary>1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen; absent for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>What the workflow gets as payload, at most 1 MiB; absent for nothing.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>How long it is kept when it has ended; absent for what its workflow says.</summary>
    public RetentionRequest? Retention { get; init; }

    /// <summary>Makes the request repeatable; needs an id, and is not for batches.</summary>
    public string? RequestId { get; init; }
}
