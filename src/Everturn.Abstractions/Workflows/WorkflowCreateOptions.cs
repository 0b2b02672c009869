namespace Everturn.Workflows;

/// <summary>How an instance is created (Cloudflare Workflows, the options of <c>create</c>).</summary>
public sealed record WorkflowCreateOptions
{
    /// <summary>The id: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Makes the create repeatable, see <see cref="CreateInstance.CreationToken"/>.</summary>
    public string? CreationToken { get; init; }

    /// <summary>How long it is kept when it has ended; null for what its workflow says.</summary>
    public InstanceRetention? Retention { get; init; }
}
