using System.Diagnostics;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>
/// Brings an object into memory: the one gate that every way to an object goes through. Nothing else of it runs until
/// its start hook has ended.
/// </summary>
internal sealed class StartTurn(ObjectSlot slot, Turn first) : Turn(slot)
{
    public override HostedConnection? Connection => first.Connection;

    public override AgentRequest? Request => first.Request;

    /// <summary>Starts. On the object's thread, which has been left to this turn alone.</summary>
    public void Start() => _ = StartAsync();

    protected override Task RunAsync(ObjectActivation activation) => activation.Agent.OnStartAsync(activation.Lifetime);

    protected override void Threw(ObjectActivation activation, Exception exception) { }

    protected override void Failed(Exception exception) => first.Fail(exception);

    private async Task StartAsync()
    {
        var started = Slot.Host.Time.GetTimestamp();
        using var span = first.StartSpan("agent.start", ActivityKind.Internal);
        try
        {
            var host = Slot.Host;
            var placement = await host.Directory.AcquireAsync(Slot.Id).ConfigureAwait(true);
            if (!placement.IsLocal)
            {
                throw new ObjectElsewhereException(Slot.Id, placement);
            }

            var database = host.Store.Open(Slot.Id);
            try
            {
                Activation = new ObjectActivation(Slot, database, placement, first.Props);
            }
            catch
            {
                await database.DisposeAsync().ConfigureAwait(true);
                throw;
            }

            Slot.Activated(Activation);
            Activation.Began(this);
            CurrentAgent.Context = Activation.ContextOf(this);
            Activation.Scheduler.ResetRunning();
            await RunAsync(Activation).ConfigureAwait(true);
            Activation.IsStarted = true;
            Activation.Ended(this);
            Activation.Drainer.GoOn();
            Slot.Thread.Leave(this, first);
            var elapsed = host.Time.GetElapsedTime(started);
            StatefulAgentInstruments.Activation.Record(elapsed.TotalSeconds, host.TagOf(Slot.Id));
            StatefulAgentLog.Started(host.Logger, Slot.Id, elapsed);
        }
        catch (Exception exception)
        {
            StatefulAgentSpans.Fail(span, exception);
            NotStarted(exception);
        }
    }

    private void NotStarted(Exception exception)
    {
        first.Fail(exception);
        if (Activation is { } activation)
        {
            StatefulAgentLog.StartFailed(Slot.Host.Logger, Slot.Id, exception);
            activation.End(ObjectEndingKind.NotStarted, "its start failed", exception);
        }
        else
        {
            Slot.Thread.Leave(this);
            Slot.RetireIfUnused();
        }
    }
}
