using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>Runs what waits in an object's queue, one item after the other, in a turn of its own.</summary>
internal sealed class QueueDrainer
{
    private readonly ObjectActivation _activation;
    private readonly Callbacks _callbacks;
    private bool _isDraining;

    public QueueDrainer(ObjectActivation activation)
    {
        _activation = activation;
        _callbacks = new Callbacks(activation);
        Queue = new QueueRows(activation, _callbacks, () => GoOn());
    }

    public QueueRows Queue { get; }

    /// <summary>Whether anything waits or runs. Needs no turn.</summary>
    public bool HasItems =>
        _activation.Tables.Has(AgentSql.QueueTable) && _activation.Database.Execute(AgentSql.FirstItem).Count > 0;

    /// <summary>Goes on with what waits.</summary>
    /// <returns>False if nothing does.</returns>
    public bool GoOn()
    {
        if (_isDraining)
        {
            return true;
        }

        if (!HasItems)
        {
            return false;
        }

        _isDraining = true;
        _activation.Notify(_ => DrainAsync());
        return true;
    }

    private async Task DrainAsync()
    {
        try
        {
            while (!_activation.IsEnding && !_activation.EndsWhenQuiet && Queue.First() is { } item)
            {
                await RunAsync(item).ConfigureAwait(true);
                if (_activation.IsEnding)
                {
                    return;
                }

                // In the same commit as the last thing that the callback wrote.
                Queue.Remove(item.Id);
            }
        }
        finally
        {
            _isDraining = false;
        }
    }

    private async Task RunAsync(QueuedItem item)
    {
        using var span = StatefulAgentSpans
            .Start("agent.queue", _activation.Id)
            ?.SetTag("everturn.callback", item.Callback)
            .SetTag("everturn.item", item.Id);
        try
        {
            var method =
                _activation.Module.FindCallback(item.Callback)
                ?? throw new AgentMethodException(item.Callback, $"Callback {item.Callback} not found");
            await _activation.Starts.CountAsync(item.Id, item.Callback, item.CreatedAt).ConfigureAwait(true);
            if (Queue.Find(item.Id) is null)
            {
                // Removed while its start was written.
                return;
            }

            StatefulAgentInstruments.QueueItems.Add(1, _activation.Host.TagOf(_activation.Id));
            await _callbacks
                .RunAsync(
                    item.Callback,
                    method,
                    item.Payload,
                    item.Retry,
                    arguments => new AgentCall(arguments, _activation.Lifetime) { QueuedItem = item }
                )
                .ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            _callbacks.Failed(span, item.Callback, exception);
            if (!_activation.IsEnding)
            {
                _activation.Report(connection: null, exception);
            }
        }
    }
}
