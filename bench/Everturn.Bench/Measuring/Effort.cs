namespace Everturn.Bench.Measuring;

/// <summary>What a measurement took, on both sides.</summary>
/// <param name="ServerCores">Cores that the server used on average.</param>
/// <param name="ClientCores">Cores that this process used on average.</param>
/// <param name="ServerJitSeconds">Processor time for compiling in the server; not near 0 means that it was not warm yet.</param>
internal sealed record Effort(double ServerCores, double ClientCores, double ServerJitSeconds)
{
    public IEnumerable<KeyValuePair<string, object>> Details =>
        [new("serverCores", ServerCores), new("clientCores", ClientCores), new("serverJitSeconds", ServerJitSeconds)];
}
