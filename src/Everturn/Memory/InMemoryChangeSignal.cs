using Everturn.Storage;

namespace Everturn.Memory;

internal sealed class InMemoryChangeSignal : IChangeSignal
{
    private readonly CallbackList<Action> _callbacks = new();

    public IDisposable Subscribe(Action onChange)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        return _callbacks.Add(onChange);
    }

    public void Raise()
    {
        foreach (var callback in _callbacks.Current)
        {
            callback();
        }
    }
}
