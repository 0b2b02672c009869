using System.Net;
using System.Net.Sockets;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Cli.Tests;

/// <summary>What goes wrong is said in a sentence, and by the exit code.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("sessions", "lost")]
    [InlineData("sessions", "list", "--limit", "many")]
    [InlineData("sessions", "show")]
    [InlineData("sessions", "show", "a", "b")]
    [InlineData("doctor")]
    [InlineData("unknown")]
    public async Task A_command_line_that_makes_no_sense_is_2(params string[] arguments)
    {
        var refused = (await CliProcess.RunAsync(null, arguments)).Exits(2);

        refused.Output.ShouldBeEmpty();
        refused.Errors.ShouldStartWith("error: ");
        refused.Errors.ShouldContain("--help");
    }

    [Fact]
    public async Task What_the_server_finds_unacceptable_is_2_and_names_the_field()
    {
        await using var host = await CliHost.StartAsync();

        (await host.RunAsync("sessions", "list", "--limit", "0")).Exits(2).Errors.ShouldContain("limit: ");
        (await host.RunAsync("sessions", "list", "--status", "odd")).Exits(2).Errors.ShouldContain("status: ");
        (await host.RunAsync("sessions", "tail", "s1", "--from", "-1")).Exits(2).Errors.ShouldContain("--from");
        (await host.RunAsync("sessions", "show", "a__b")).Exits(2).Errors.ShouldContain("sessionId: ");
    }

    [Fact]
    public async Task What_is_not_there_is_3()
    {
        await using var host = await CliHost.StartAsync();

        (await host.RunAsync("sessions", "show", "s1"))
            .Exits(3)
            .Errors.ShouldBe("error: There is no session 's1'. (session_not_found)\n");
        (await host.RunAsync("sessions", "tail", "s1")).Exits(3);
        (await host.RunAsync("runs", "list", "s1")).Exits(3);
        (await host.RunAsync("chat", "--agent", "nobody", "-m", "hi")).Exits(3).Errors.ShouldContain("agent_not_found");
    }

    [Fact]
    public async Task A_server_that_asks_who_one_is_is_4_and_the_key_opens_it()
    {
        await using var host = await CliHost.StartAsync(
            new ScriptedChatClient(),
            services =>
            {
                services.AddAuthentication("Key").AddScheme<KeyOptions, KeyAuthentication>("Key", null);
                services.AddAuthorization();
            },
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapEverturn().RequireAuthorization();
            }
        );

        (await host.RunAsync("sessions", "list")).Exits(4).Errors.ShouldContain("EVERTURN_API_KEY");
        (await CliProcess.RunInAsync(host.Url, null, KeyAuthentication.Key, "sessions", "list")).Exits(0);
        (await host.RunAsync("sessions", "list", "--api-key", KeyAuthentication.Key)).Exits(0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_5_and_the_address_is_said()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        taken.Stop();

        var failed = (await CliProcess.RunAsync(url, "sessions", "list")).Exits(5);

        failed.Errors.ShouldContain(url.ToString());
        failed.Errors.ShouldContain("--url");
    }

    [Fact]
    public async Task An_address_that_is_none_is_2() =>
        (await CliProcess.RunAsync(null, "sessions", "list", "--url", "nonsense"))
            .Exits(2)
            .Errors.ShouldContain("--url");

    [Fact]
    public async Task A_server_of_somebody_else_is_said_to_be_one()
    {
        await using var host = await CliHost.StartAsync(
            new ScriptedChatClient(),
            map: app => app.MapGet("/sessions", () => "<html>")
        );

        (await host.RunAsync("sessions", "list")).Exits(2).Errors.ShouldContain("Is it an Everturn server?");
        (await host.RunAsync("sessions", "show", "s1")).Exits(3).Errors.ShouldContain("--url");
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var help = (await CliProcess.RunAsync(null, "--help")).Exits(0);

        foreach (
            var name in new[] { "sessions", "runs", "workflows", "chat", "doctor", "--url", "--api-key", "--json" }
        )
        {
            help.Output.ShouldContain(name);
        }
    }
}
