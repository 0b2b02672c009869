using System.Collections.Concurrent;

namespace Everturn.Parity.Tests.Walk;

/// <summary>What did not hold on a walk.</summary>
internal sealed class WalkLog
{
    private readonly ConcurrentQueue<string> _violations = [];

    public void Violation(string violation) => _violations.Enqueue(violation);

    public void Add(IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            Violation(violation);
        }
    }

    /// <exception cref="ShouldAssertException">Something did not hold.</exception>
    public void Verify() => _violations.ShouldBeEmpty();
}
