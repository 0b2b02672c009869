using Everturn.Bench.Benchmarks;

namespace Everturn.Bench.Running;

/// <summary>Every benchmark, in the order of the table.</summary>
internal static class Catalog
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new FdatasyncBenchmark(),
        new StepsBenchmark(),
        new InstancesBenchmark(),
        new Instances3Benchmark(),
        new EventsBenchmark(),
        new FanoutStepsBenchmark(),
        new TurnsBenchmark(),
        new FirstTokenBenchmark(),
        new SuspendResumeBenchmark(),
        new FanoutBenchmark(),
        new HistoryBenchmark(),
        new RejoinBenchmark(),
        new SleepersBenchmark(),
        new RecoveryBenchmark(),
        new ActorCallsBenchmark(),
        new ActorWritesBenchmark(),
        new StateBroadcastBenchmark(),
        new ActivateBenchmark(),
        new ObjectsBenchmark(),
    ];
}
