using System.Collections.Concurrent;

namespace Everturn.Docs.Snippets;

/// <summary>A shop for tests: does nothing and remembers it.</summary>
public sealed class RecordingShop : IShop
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public Task ReserveAsync(string id, CancellationToken cancellationToken) => DoAsync($"reserve {id}");

    public Task<string> ChargeAsync(string id, CancellationToken cancellationToken) => DoAsync($"charge {id}");

    public Task AuditAsync(string id, CancellationToken cancellationToken) => DoAsync($"audit {id}");

    private Task<string> DoAsync(string what)
    {
        Calls.Enqueue(what);
        return Task.FromResult("receipt");
    }
}
