namespace Everturn.Workflows;

/// <summary>What started an instance. The same in every execution of it; do not change the payload.</summary>
/// <param name="Payload">The parameters the instance was created with.</param>
/// <param name="Timestamp">When the instance was created, UTC, to the millisecond.</param>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="WorkflowName">The workflow's name.</param>
/// <typeparam name="T">The type of the parameters.</typeparam>
public sealed record WorkflowEvent<T>(T Payload, DateTimeOffset Timestamp, string InstanceId, string WorkflowName)
{
    /// <summary>The firing that created the instance, if a schedule did.</summary>
    public ScheduleFiring? Schedule { get; init; }

    /// <summary>The version of the definition that the instance was created with, see <see cref="WorkflowAttribute.Version"/>.</summary>
    public int DefinitionVersion { get; init; } = 1;
}
