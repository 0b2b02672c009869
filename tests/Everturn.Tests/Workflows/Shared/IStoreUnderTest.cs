using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>Data that several hosts share, of one kind of store.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    /// <summary>Opens the data once more, as another process would.</summary>
    Task<OpenedStore> OpenAsync();
}

/// <summary>One process's view of the data.</summary>
/// <param name="Store">The store.</param>
/// <param name="Nodes">The process's node.</param>
/// <param name="Die">Makes the process look dead to others.</param>
public sealed record OpenedStore(IWorkflowStore Store, INodeDirectory Nodes, Func<Task> Die);
