using Everturn.Conformance.Host;
using Everturn.Conformance.Tests;
using Everturn.Conformance.Tests.Npm;
using Microsoft.AspNetCore.Builder;

[assembly: AssemblyFixture(typeof(ConformanceServer))]

namespace Everturn.Conformance.Tests;

/// <summary>The server with the fixture agents, on a free port; one for all tests.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("everturn-conformance-").FullName;
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    /// <summary>The suites of the npm clients, against this server.</summary>
    public NpmSuites Npm => field ??= new(this);

    public HttpClient Http { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        _app = ConformanceApp.Create(["--urls", "http://127.0.0.1:0", "--data", _data]);
        await _app.StartAsync();
        Address = _app.Urls.Single();
        Http = new() { BaseAddress = new(Address), Timeout = TimeSpan.FromSeconds(60) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
        Directory.Delete(_data, recursive: true);
    }
}
