using System.Collections.Concurrent;
using Everturn.StatefulAgents.Dispatch;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>What <see cref="Worker"/> does in a test, and what it noted.</summary>
internal sealed class WorkerScript
{
    private readonly ConcurrentQueue<string> _notes = new();

    public AgentOptions Options { get; set; } = new();

    public Func<Worker, Task> OnStart { get; set; } = _ => Task.CompletedTask;

    public Func<Worker, Connection, Task> OnConnect { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Worker, Connection, ConnectionMessage, Task> OnMessage { get; set; } = (_, _, _) => Task.CompletedTask;

    public Func<Worker, string, AgentCall, Task> Act { get; set; } = (_, _, _) => Task.CompletedTask;

    public Func<Task> OnDispose { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<string> Notes => [.. _notes];

    public void Note(string note) => _notes.Enqueue(note);

    public int Count(string note) => _notes.Count(other => other == note);
}
