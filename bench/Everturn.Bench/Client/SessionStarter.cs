using Everturn.Bench.Hosting;

namespace Everturn.Bench.Client;

/// <summary>Starts turns of sessions over one connection.</summary>
internal sealed class SessionStarter : IDisposable
{
    private readonly HttpConnection _connection;

    private SessionStarter(HttpConnection connection) => _connection = connection;

    public static async Task<SessionStarter> OpenAsync(Uri address, CancellationToken cancellationToken) =>
        new(await HttpConnection.OpenAsync(address, cancellationToken));

    /// <summary>The request of a turn with so many deltas, at once or in bursts.</summary>
    public static byte[] Turn(string session, int deltas, int? burst = null, string agent = BenchAgents.Instant) =>
        HttpConnection.Request(
            "POST",
            $"/sessions/{session}/start",
            $$$"""{"agentType":"{{{agent}}}","sessionId":"{{{session}}}","input":{"message":"{{{deltas}}}{{{(burst is null ? "" : $" {burst}")}}}"}}"""
        );

    /// <summary>Sends it and returns when the server has said that the run is durable.</summary>
    public async Task StartAsync(byte[] turn, CancellationToken cancellationToken)
    {
        await _connection.SendAsync(turn, cancellationToken);
        await _connection.DrainAsync(cancellationToken);
    }

    public void Dispose() => _connection.Dispose();
}
