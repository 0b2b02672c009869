namespace Everturn.Workflows;

/// <summary>Where a test kit hooks into the engine.</summary>
internal interface IInstanceOverrides
{
    /// <summary>What decides about the steps of an instance.</summary>
    IStepOverrides Of(InstanceKey instance);
}
