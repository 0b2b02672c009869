namespace Everturn.StatefulAgents.Hosting;

/// <content>Commits, and the end of the stay. Nothing of the object runs meanwhile.</content>
internal sealed partial class ObjectActivation
{
    /// <summary>Makes what was written durable, and ends the stay if it is to end.</summary>
    /// <returns>False when the stay has ended.</returns>
    public async ValueTask<bool> SettleAsync()
    {
        if (_ending is { Kind: ObjectEndingKind.Reset or ObjectEndingKind.NotStarted })
        {
            await CloseAsync(_ending).ConfigureAwait(false);
            return false;
        }

        try
        {
            if (_ending?.Kind == ObjectEndingKind.Destroyed)
            {
                await Alarm.WrittenAsync().ConfigureAwait(false);
                await Database.DeleteAsync().ConfigureAwait(false);
                await Host.Directory.ForgetAsync(Id, Placement.Fence).ConfigureAwait(false);
            }
            else
            {
                if (_ending?.Kind == ObjectEndingKind.Shutdown)
                {
                    Starts.TakeBack();
                }

                await CommitAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            StatefulAgentLog.CommitFailed(Host.Logger, Id, exception);
            _ending = new ObjectEnding(
                ObjectEndingKind.Reset,
                exception as EverturnException ?? new ObjectResetException(Id, "a commit failed", exception)
            );
            await CloseAsync(_ending).ConfigureAwait(false);
            return false;
        }

        Outbox.Open();
        if (_ending is null)
        {
            return true;
        }

        await CloseAsync(_ending).ConfigureAwait(false);
        return false;
    }

    // An earlier alarm is durable before what needs it, a later one after: a crash in between only wakes for nothing.
    private async ValueTask CommitAsync()
    {
        var later = await Alarm.PrepareAsync().ConfigureAwait(false);
        if (Database.IsDirty)
        {
            await Database.CommitAsync().ConfigureAwait(false);
        }

        if (later)
        {
            Alarm.WriteLater();
        }
    }

    private async ValueTask CloseAsync(ObjectEnding ending)
    {
        StatefulAgentLog.Ended(Host.Logger, Id, ending.Kind, ending.Reason.Message);
        _closed = true;
        Outbox.Close(ending.Reason);
        foreach (var turn in _turns)
        {
            turn.Fail(ending.Reason);
        }

        _turns.Clear();
        CloseConnections(ending.Kind);
        await _lifetime.CancelAsync().ConfigureAwait(false);
        try
        {
            await Alarm.WrittenAsync().ConfigureAwait(false);
            await Database.DisposeAsync().ConfigureAwait(false);
            await DisposeAgentAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            StatefulAgentLog.DisposeFailed(Host.Logger, Id, exception);
        }

        _lifetime.Dispose();
    }

    private void CloseConnections(ObjectEndingKind kind)
    {
        const int goingAway = 1001;
        const int serviceRestart = 1012;
        switch (kind)
        {
            case ObjectEndingKind.Reset:
                Slot.Connections.CloseAll(serviceRestart, "The object was reset");
                break;
            case ObjectEndingKind.Destroyed:
                Slot.Connections.CloseAll(goingAway, "The object was destroyed");
                break;
            case ObjectEndingKind.Shutdown:
                Slot.Connections.CloseAll(serviceRestart, "The server is restarting");
                break;
        }
    }

    private async ValueTask DisposeAgentAsync()
    {
        if (Agent is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (Agent as IDisposable)?.Dispose();
        }

        await _scope.DisposeAsync().ConfigureAwait(false);
    }
}
