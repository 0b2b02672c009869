using System.Collections.Concurrent;
using System.Text;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>The answer to a client's call.</summary>
internal sealed class ClientReply : ICallReply
{
    private readonly TaskCompletionSource<string?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _chunks = new();

    /// <summary>The result, <c>undefined</c> without one; an error is thrown.</summary>
    public Task<string?> Value => _end.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    public bool IsAnswered => _end.Task.IsCompleted;

    public IReadOnlyList<string> Chunks => [.. _chunks];

    public async Task<string> ErrorAsync() => (await Should.ThrowAsync<InvalidOperationException>(() => Value)).Message;

    public void Result(ReadOnlyMemory<byte>? json) => _end.SetResult(Text(json));

    public void Chunk(ReadOnlyMemory<byte> json) => _chunks.Enqueue(Text(json));

    public void End(ReadOnlyMemory<byte>? json) => _end.SetResult(Text(json));

    public void Error(string message) => _end.SetException(new InvalidOperationException(message));

    private static string Text(ReadOnlyMemory<byte>? json) =>
        json is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "undefined";
}
