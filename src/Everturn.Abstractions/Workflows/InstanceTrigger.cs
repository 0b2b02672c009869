using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>What created an instance. Open: a value that this build does not know is kept as it is.</summary>
/// <param name="Value">The name as it is stored and sent.</param>
[JsonConverter(typeof(OpenNameConverter<InstanceTrigger>))]
public readonly record struct InstanceTrigger(string Value) : IOpenName<InstanceTrigger>
{
    /// <summary>A call of the engine.</summary>
    public static InstanceTrigger Api { get; } = new("api");

    /// <summary>A schedule.</summary>
    public static InstanceTrigger Schedule { get; } = new("cron");

    /// <summary>Another instance, whose child it is.</summary>
    public static InstanceTrigger Parent { get; } = new("workflow");

    /// <inheritdoc/>
    public static InstanceTrigger FromName(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
