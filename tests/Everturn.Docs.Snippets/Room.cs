using System.Runtime.CompilerServices;
using Everturn.StatefulAgents;

namespace Everturn.Docs.Snippets;

public sealed record RoomState(string Topic, IReadOnlyList<string> Lines);

public sealed class Room : StatefulAgent<RoomState>
{
    protected override RoomState InitialState => new("Welcome", []);

    [Callable]
    public int Say(string line)
    {
        SetState(State! with { Lines = [.. State.Lines, line] });
        return State.Lines.Count;
    }

    [Callable]
    public async IAsyncEnumerable<string> Replay(
        int last = 10,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var line in State!.Lines.TakeLast(last))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Time, cancellationToken);
            yield return line;
        }
    }

    protected override void ValidateStateChange(RoomState? next, StateSource source)
    {
        if (next is null || (!source.IsServer && next.Topic != State!.Topic))
        {
            throw new InvalidOperationException("Only the server changes the topic.");
        }
    }
}
