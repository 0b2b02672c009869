using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>An instance with its steps, as <c>GET /workflows/{workflow}/instances/{id}</c> gives it.</summary>
public sealed record InstanceDetailsView : InstanceView
{
    /// <summary>For the serializer.</summary>
    public InstanceDetailsView() { }

    [SetsRequiredMembers]
    internal InstanceDetailsView(InstanceDetails details, DateTimeOffset asOf)
        : base(details.Instance)
    {
        Params = RawJson.Read(details.ParamsJson);
        Output = RawJson.Read(details.Instance.OutputJson);
        PendingEvents = details.PendingEvents;
        AsOf = asOf;
        var steps = details.Steps.Select(step => new StepView(step));
        Steps = details.Instance is { Status.Value: "terminated", EndedAt: { } at }
            ? [.. steps, StepView.Termination(at)]
            : [.. steps];
    }

    /// <summary>What it was created with; absent for nothing.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>Its output; absent until it is complete.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Its steps so far, in the order in which they were started.</summary>
    public required IReadOnlyList<StepView> Steps { get; init; }

    /// <summary>Events that no wait has received, by number.</summary>
    public required IReadOnlyList<PendingEvent> PendingEvents { get; init; }

    /// <summary>The server's time when this was read.</summary>
    public required DateTimeOffset AsOf { get; init; }
}
