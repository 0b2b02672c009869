using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Told when an instance ended on this host: executed here, or terminated here.</summary>
internal interface IInstanceListener
{
    /// <summary>Called after the end is durable, on the engine's threads: return at once and do not throw.</summary>
    void Ended(InstanceRecord instance);
}
