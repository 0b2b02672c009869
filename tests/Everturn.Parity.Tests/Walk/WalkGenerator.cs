using FsCheck;
using FsCheck.Fluent;

namespace Everturn.Parity.Tests.Walk;

/// <summary>Random walks, and shorter ones made from them.</summary>
internal static class WalkGenerator
{
    private const int Steps = 30;

    private static readonly Gen<WalkStep> Step =
        from action in Gen.Frequency(
            (8, Gen.Constant(WalkAction.Send)),
            (14, Gen.Constant(WalkAction.Go)),
            (6, Gen.Constant(WalkAction.Answer)),
            (1, Gen.Constant(WalkAction.Expire)),
            (2, Gen.Constant(WalkAction.Interrupt)),
            (1, Gen.Constant(WalkAction.InterruptAtCheckpoint)),
            (1, Gen.Constant(WalkAction.Abort)),
            (1, Gen.Constant(WalkAction.Withdraw)),
            (2, Gen.Constant(WalkAction.Crash)),
            (1, Gen.Constant(WalkAction.Restart)),
            (4, Gen.Constant(WalkAction.Resume)),
            (2, Gen.Constant(WalkAction.Retry)),
            (1, Gen.Constant(WalkAction.Branch))
        )
        from choice in Gen.Choose(0, 999)
        from isHurried in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new WalkStep(action, choice, isHurried);

    public static IEnumerable<WalkStep[]> Walks(int count, ulong seed) =>
        Step.ArrayOf(Steps).Sample(count, new Rnd(seed), Steps);

    /// <summary>The walk with some of its steps left out: large parts first, then single ones.</summary>
    public static IEnumerable<WalkStep[]> Shorter(IReadOnlyList<WalkStep> walk)
    {
        for (var part = walk.Count / 2; part > 0; part /= 2)
        {
            for (var start = 0; start < walk.Count; start += part)
            {
                yield return [.. walk.Take(start), .. walk.Skip(start + part)];
            }
        }
    }
}
