namespace Everturn.Workflows.Storage;

/// <summary>What a create came to.</summary>
/// <param name="Record">The instance, new or found again by its token.</param>
/// <param name="IsNew">Whether this call created it.</param>
public readonly record struct CreatedInstance(InstanceRecord Record, bool IsNew);
