namespace Everturn.Testing.Sessions;

/// <summary>One named expectation of the session store's contract.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="RunAsync">Runs it on a fresh store. Throws <see cref="ConformanceException"/> where it does not hold.</param>
public sealed record SessionStoreCase(string Name, Func<SessionStoreFixture, Task> RunAsync)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
