using System.Collections.Concurrent;

namespace Everturn.Parity.Tests.Matrix;

/// <summary>All scenarios on all cells, and what came of each; a case plays once, whoever asks for its outcome.</summary>
internal static class ParityMatrix
{
    private const int Parallel = 4;

    private static readonly SemaphoreSlim Room = new(Parallel, Parallel);
    private static readonly ConcurrentDictionary<ParityCase, Lazy<Task<Exception?>>> Outcomes = new();

    public static IReadOnlyList<Type> Scenarios { get; } =
    [
        .. typeof(ParityMatrix)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ParityScenario)) && !type.IsAbstract)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static IEnumerable<ParityCase> Cases =>
        from scenario in Scenarios
        from cell in ParityCell.All
        from reading in Enum.GetValues<Reading>()
        select new ParityCase(scenario, cell, reading);

    public static ParityCase Find(string scenario, string cell, Reading reading) =>
        new(
            Scenarios.Single(type => type.Name == scenario),
            ParityCell.All.Single(known => known.Name == cell),
            reading
        );

    /// <summary>Null where the case holds.</summary>
    public static Task<Exception?> OutcomeAsync(ParityCase parityCase) =>
        Outcomes.GetOrAdd(parityCase, key => new(() => PlayAsync(key))).Value;

    private static async Task<Exception?> PlayAsync(ParityCase parityCase)
    {
        await Room.WaitAsync();
        try
        {
            var scenario = parityCase.Create();
            await using var scene = await ParityScene.OpenAsync(parityCase.Cell, parityCase.Reading, scenario);
            await scenario.RunAsync(scene);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            Room.Release();
        }
    }
}
