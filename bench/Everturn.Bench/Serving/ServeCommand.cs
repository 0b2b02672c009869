using System.CommandLine;
using Everturn.Bench.Hosting;

namespace Everturn.Bench.Serving;

/// <summary>The role in which the program is the server: it says its address in its first line, and ends with its input.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Required = true };
        var stall = new Option<bool>("--stall");
        var command = new Command(Name, "The server of a benchmark.") { data, stall };
        command.Hidden = true;
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(stall), ct));
        return command;
    }

    private static async Task RunAsync(string directory, bool stall, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(
            // The default is the directory that it was started in. It is watched for changed settings, and with it any
            // data below it: every write would be told of.
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.LogWarnings();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddBench(directory, stall);
        await using var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        app.MapBench();
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.Single());
        // The end of the input is the end of the process that started this one.
        await Console.In.ReadToEndAsync(cancellationToken);
        await app.StopAsync(cancellationToken);
    }
}
