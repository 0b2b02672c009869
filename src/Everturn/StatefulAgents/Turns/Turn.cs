using System.Diagnostics;
using System.Text.Json;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>
/// One message to an object, from its begin to its end. It is the context of its own code: what the code awaits comes
/// back to the object's thread, and is known there as part of this turn.
/// </summary>
internal abstract class Turn(ObjectSlot slot) : SynchronizationContext
{
    private readonly ActivityContext _origin = StatefulAgentSpans.Origin;
    private bool _ended;
    private int _wakes;

    public ObjectSlot Slot { get; } = slot;

    /// <summary>The stay in memory that the turn belongs to, from its begin.</summary>
    public ObjectActivation? Activation { get; protected set; }

    /// <summary>Whether the object is destroyed when the turn ends.</summary>
    public bool DestroysObject { get; set; }

    /// <summary>How deep the turn is in sections that nothing may interrupt.</summary>
    public int Sections { get; set; }

    /// <summary>The stay in memory without which the turn has no meaning; null if it may wake the object.</summary>
    public virtual ObjectActivation? Bound => null;

    /// <summary>
    /// How often the turn brings the object into memory before it gives up. What else runs there, such as an item of the
    /// queue, may end each stay before the turn begins.
    /// </summary>
    protected virtual int MaxWakes => 3;

    /// <summary>The connection whose frame it is; null for others.</summary>
    public virtual HostedConnection? Connection => null;

    /// <summary>The request that is answered, or that opened the connection; null without one.</summary>
    public virtual AgentRequest? Request => Connection?.Request;

    /// <summary>What its span is called; null for none.</summary>
    protected virtual string? SpanName => null;

    /// <summary>Whether somebody outside of the object waits for it.</summary>
    protected virtual ActivityKind SpanKind => ActivityKind.Server;

    /// <summary>For the object's start, should this turn wake it.</summary>
    public virtual JsonElement? Props => null;

    public sealed override void Post(SendOrPostCallback d, object? state) => Slot.Thread.Continue(this, d, state);

    public sealed override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Code of an agent must not block.");

    public sealed override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins on the object's thread, or makes the object start first.</summary>
    public void Begin()
    {
        if (Bound is not null && (Bound != Slot.Active || Bound.IsEnding))
        {
            Fail(new ObjectResetException(Slot.Id, "its stay in memory ended"));
            return;
        }

        if (Slot.Active is not { IsStarted: true } activation)
        {
            if (++_wakes > MaxWakes)
            {
                Fail(new ObjectResetException(Slot.Id, "each stay in memory ended before the message was handled"));
                return;
            }

            Slot.StartFor(this);
            return;
        }

        Activation = activation;
        activation.Began(this);
        _ = DriveAsync(activation);
    }

    /// <summary>It will not be run, or not to its end. Called once at most, from any thread.</summary>
    public void Fail(Exception exception)
    {
        if (!Interlocked.Exchange(ref _ended, true))
        {
            Failed(exception);
        }
    }

    /// <summary>Tells whoever waits for the result; behind the output gate.</summary>
    protected void Complete(Action answer)
    {
        if (!Interlocked.Exchange(ref _ended, true))
        {
            Activation!.Outbox.Send(answer, Failed);
        }
    }

    /// <summary>Begins a span of the turn, in the trace of who caused it.</summary>
    public Activity? StartSpan(string name, ActivityKind kind)
    {
        var span = StatefulAgentSpans.Start(name, Slot.Id, kind, _origin);
        if (span is not null && Connection is { } connection)
        {
            span.SetTag("everturn.connection", connection.Id);
        }

        return span;
    }

    /// <summary>Adds what only this kind of turn knows.</summary>
    protected virtual void Describe(Activity span) { }

    /// <summary>The turn itself. What it throws goes to <see cref="Threw"/>.</summary>
    protected abstract Task RunAsync(ObjectActivation activation);

    /// <summary>The turn threw.</summary>
    protected abstract void Threw(ObjectActivation activation, Exception exception);

    /// <summary>Tells whoever waits that the turn did not come to its end.</summary>
    protected abstract void Failed(Exception exception);

    private async Task DriveAsync(ObjectActivation activation)
    {
        // Set inside of an async method, it is gone again when that returns.
        CurrentAgent.Context = activation.ContextOf(this);
        using var span = SpanName is { } name ? StartSpan(name, SpanKind) : null;
        if (span is not null)
        {
            Describe(span);
        }

        try
        {
            await RunAsync(activation).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            StatefulAgentSpans.Fail(span, exception);
            Threw(activation, exception);
        }
        finally
        {
            activation.Ended(this);
        }
    }
}
