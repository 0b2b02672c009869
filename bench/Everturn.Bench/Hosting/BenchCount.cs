namespace Everturn.Bench.Hosting;

/// <summary>The state of <see cref="BenchCounter"/>.</summary>
/// <param name="Value">A number.</param>
public sealed record BenchCount(int Value);
