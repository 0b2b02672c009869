namespace Everturn.StatefulAgents.Hosting;

/// <summary>
/// The output gate: what leaves an object waits here while something that it wrote before is not durable. Used on the
/// object's thread.
/// </summary>
/// <param name="isOpen">Whether everything written is durable.</param>
internal sealed class Outbox(Func<bool> isOpen)
{
    private List<(Action Answer, Action<Exception>? Fail)> _waiting = [];
    private Exception? _closed;

    /// <summary>What waits; see <see cref="Truncate"/>.</summary>
    public int Count => _waiting.Count;

    /// <summary>Whether what is sent leaves at once.</summary>
    public bool IsOpen => _closed is null && _waiting.Count == 0 && isOpen();

    /// <summary>Sends, now or when everything is durable.</summary>
    /// <param name="answer">Sends. Must return at once and not throw.</param>
    /// <param name="fail">Called instead when the object is reset before.</param>
    public void Send(Action answer, Action<Exception>? fail = null)
    {
        if (_closed is { } reason)
        {
            fail?.Invoke(reason);
        }
        else if (IsOpen)
        {
            answer();
        }
        else
        {
            _waiting.Add((answer, fail));
        }
    }

    /// <summary>Returns when everything written so far is durable.</summary>
    public Task WhenOpen()
    {
        if (IsOpen)
        {
            return Task.CompletedTask;
        }

        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(opened.SetResult, opened.SetException);
        return opened.Task;
    }

    /// <summary>Takes back what was sent since; it came from something that has been undone.</summary>
    public void Truncate(int count) => _waiting.RemoveRange(count, _waiting.Count - count);

    /// <summary>Everything is durable.</summary>
    public void Open()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var waiting = _waiting;
        _waiting = [];
        foreach (var (answer, _) in waiting)
        {
            answer();
        }
    }

    /// <summary>The object was reset: nothing leaves any more.</summary>
    public void Close(Exception reason)
    {
        _closed = reason;
        foreach (var (_, fail) in _waiting)
        {
            fail?.Invoke(reason);
        }

        _waiting.Clear();
    }
}
