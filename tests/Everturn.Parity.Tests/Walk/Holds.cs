namespace Everturn.Parity.Tests.Walk;

/// <summary>Places at which model calls and tools wait until the walk lets them go on.</summary>
internal sealed class Holds
{
    public const string Model = "model";

    /// <summary>A model call that does not notice that it is to stop.</summary>
    public const string StubbornModel = "stubborn model";

    private readonly Lock _lock = new();
    private readonly List<(string Id, TaskCompletionSource Gone)> _held = [];
    private bool _isOpen;

    /// <summary>What holds now, oldest first.</summary>
    public IReadOnlyList<string> Held
    {
        get
        {
            lock (_lock)
            {
                return [.. _held.Select(hold => hold.Id)];
            }
        }
    }

    /// <param name="id">The tool call, or the model.</param>
    /// <param name="isStubborn">Whether it does not notice that it is to stop.</param>
    /// <param name="cancellationToken">Says that it is to stop.</param>
    public async Task PassAsync(string id, bool isStubborn, CancellationToken cancellationToken)
    {
        var hold = (id, Gone: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_isOpen)
            {
                return;
            }

            _held.Add(hold);
        }

        try
        {
            await hold.Gone.Task.WaitAsync(isStubborn ? CancellationToken.None : cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _held.Remove(hold);
            }
        }
    }

    /// <summary>Lets one go on, if any holds.</summary>
    public void Release(WalkStep step)
    {
        lock (_lock)
        {
            if (_held.Count > 0)
            {
                var hold = step.Of(_held);
                _held.Remove(hold);
                hold.Gone.TrySetResult();
            }
        }
    }

    /// <summary>Lets all go on, those that come later too.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            foreach (var (_, gone) in _held)
            {
                gone.TrySetResult();
            }

            _held.Clear();
        }
    }
}
