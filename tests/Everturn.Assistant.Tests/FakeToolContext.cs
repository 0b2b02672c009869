using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Assistant.Tests;

/// <summary>What a tool sees of a session that lives in the test.</summary>
internal sealed class FakeToolContext(string callId, JsonElement state, IServiceProvider services) : ToolContext
{
    public JsonElement State { get; private set; } = state;

    public override SessionKey Session { get; } = new("", "test");

    public override string RunId => "run";

    public override string AgentType => "assistant";

    public override int Step => 1;

    public override string ToolCallId => callId;

    public override string IdempotencyKey => $"key-{callId}";

    public override int Attempt => 1;

    public override string? UserId => null;

    public override IServiceProvider Services => services;

    public override TState GetState<TState>(StateKey<TState> key) => key.Read(State);

    public override void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change) =>
        State = key.Write(change(key.Read(State)));

    public override void Emit(string name, JsonElement? data = null) { }

    public override void RecordUsage(string type, double amount) { }
}
