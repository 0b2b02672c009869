using Everturn.Bench.Measuring;

namespace Everturn.Bench.Serving;

/// <summary>Measures what server and client take from now on.</summary>
internal sealed class EffortMeter
{
    private readonly ServerProcess _server;
    private readonly double _jit;
    private readonly CpuMeter _serverCpu;
    private readonly CpuMeter _clientCpu = new(Environment.ProcessId);

    private EffortMeter(ServerProcess server, double jit)
    {
        _server = server;
        _jit = jit;
        _serverCpu = server.MeasureCpu();
    }

    public static async Task<EffortMeter> StartAsync(ServerProcess server, CancellationToken cancellationToken) =>
        new(server, await JitAsync(server, cancellationToken));

    public async Task<Effort> StopAsync(CancellationToken cancellationToken)
    {
        var (serverCores, clientCores) = (_serverCpu.Cores, _clientCpu.Cores);
        return new(serverCores, clientCores, await JitAsync(_server, cancellationToken) - _jit);
    }

    private static Task<double> JitAsync(ServerProcess server, CancellationToken cancellationToken) =>
        server.GetAsync<double>("/bench/jit", cancellationToken);
}
