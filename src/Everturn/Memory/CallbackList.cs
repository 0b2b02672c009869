using System.Collections.Immutable;

namespace Everturn.Memory;

/// <summary>Callbacks that come and go while others are being called.</summary>
internal sealed class CallbackList<T>
    where T : class
{
    private ImmutableArray<Registration> _registrations = [];

    public IEnumerable<T> Current
    {
        get
        {
            foreach (var registration in _registrations)
            {
                yield return registration.Callback;
            }
        }
    }

    public IDisposable Add(T callback)
    {
        var registration = new Registration(this, callback);
        ImmutableInterlocked.Update(ref _registrations, static (all, added) => all.Add(added), registration);
        return registration;
    }

    private sealed class Registration(CallbackList<T> list, T callback) : IDisposable
    {
        public T Callback { get; } = callback;

        public void Dispose() =>
            ImmutableInterlocked.Update(ref list._registrations, static (all, gone) => all.Remove(gone), this);
    }
}
