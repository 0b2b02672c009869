using Everturn.StatefulAgents.Turns;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>Sections of code that nothing else of the object interrupts (Durable Objects, <c>blockConcurrencyWhile</c>).</summary>
internal static class ConcurrencyBlock
{
    public const int MaxDepth = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(ObjectActivation activation, Turn turn, Func<Task> section)
    {
        if (turn.Sections == MaxDepth)
        {
            throw new InvalidOperationException("blockConcurrencyWhile() calls are nested too deeply.");
        }

        var thread = activation.Slot.Thread;
        var outermost = thread.Exclusive is null;
        if (outermost)
        {
            thread.Enter(turn);
        }

        turn.Sections++;
        using var timer = activation.Time.CreateTimer(
            static state => ((ObjectSlot)state!).End(ObjectEndingKind.Reset, "a section blocked it for 30 seconds"),
            activation.Slot,
            Limit,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            await section().ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            activation.End(ObjectEndingKind.Reset, "a section that blocked it threw", exception);
            throw;
        }
        finally
        {
            turn.Sections--;
            if (outermost)
            {
                thread.Leave(turn);
            }
        }
    }
}
