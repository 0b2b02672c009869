using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;

namespace Everturn.Parity.Tests.Matrix;

/// <summary>A runtime on a store: a column of the page. A new runtime or store is one more entry here.</summary>
internal sealed record ParityCell(string Runtime, string Store, Func<IParityStore> CreateStore)
{
    private static readonly string[] Runtimes = [AgentRuntimes.InProcess, AgentRuntimes.Workflow];

    private static readonly (string Name, Func<IParityStore> Create)[] Stores =
    [
        ("memory", () => new MemoryStore()),
        ("SQLite", () => new SqliteStore()),
    ];

    public static IReadOnlyList<ParityCell> All { get; } =
    [.. Runtimes.SelectMany(runtime => Stores.Select(store => new ParityCell(runtime, store.Name, store.Create)))];

    public string Name => $"{Runtime}, {Store}";
}
