namespace Everturn.StatefulAgents.Hosting;

/// <summary>Holds an object in memory until it is disposed; a second time does nothing.</summary>
internal sealed class KeepAliveLease(ObjectActivation activation) : IDisposable
{
    private int _disposed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (ObjectThread.CurrentTurn?.Activation == activation)
        {
            activation.LetGo();
            return;
        }

        // Disposed by code that left the object's turns: it comes back for this.
        activation.Notify(_ =>
        {
            activation.LetGo();
            return Task.CompletedTask;
        });
    }
}
