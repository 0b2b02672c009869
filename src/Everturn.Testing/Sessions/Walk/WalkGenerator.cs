using FsCheck;
using FsCheck.Fluent;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>Random walks, and smaller ones made from them.</summary>
internal static class WalkGenerator
{
    private static readonly Gen<WalkStep> Step =
        from action in Gen.Frequency(
            (6, Gen.Constant(WalkAction.Start)),
            (4, Gen.Constant(WalkAction.Continue)),
            (3, Gen.Constant(WalkAction.GoBack)),
            (4, Gen.Constant(WalkAction.Stop)),
            (12, Gen.Constant(WalkAction.Work)),
            (7, Gen.Constant(WalkAction.End)),
            (4, Gen.Constant(WalkAction.Claim)),
            (4, Gen.Constant(WalkAction.Command)),
            (3, Gen.Constant(WalkAction.Change)),
            (2, Gen.Constant(WalkAction.CompareAndSet)),
            (1, Gen.Constant(WalkAction.Delete)),
            (1, Gen.Constant(WalkAction.Reactivate)),
            (1, Gen.Constant(WalkAction.RecordUsage)),
            (1, Gen.Constant(WalkAction.CompleteOutbox)),
            (2, Gen.Constant(WalkAction.Sweep)),
            (1, Gen.Constant(WalkAction.FenceNode)),
            (1, Gen.Constant(WalkAction.Reopen))
        )
        from session in Gen.Choose(0, WalkRun.Sessions.Count - 1)
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        select new WalkStep(action, session, a, b);

    public static IEnumerable<WalkStep[]> Walks(int count, int steps, ulong seed) =>
        Step.ArrayOf(steps).Sample(count, new Rnd(seed), steps);

    /// <summary>The walk with some of its steps left out: large parts first, then single ones.</summary>
    public static IEnumerable<WalkStep[]> Smaller(WalkStep[] walk)
    {
        for (var part = walk.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < walk.Length; start += part)
            {
                yield return [.. walk[..start], .. walk[Math.Min(start + part, walk.Length)..]];
            }
        }
    }
}
