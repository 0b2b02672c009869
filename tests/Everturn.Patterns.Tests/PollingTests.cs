using Everturn.Workflows;
using Patterns.Polling;

namespace Everturn.Patterns.Tests;

public sealed class PollingTests : PatternTests
{
    [Fact]
    public async Task It_asks_until_the_export_is_there_with_longer_waits_each_time()
    {
        await using var host = await StartAsync<AwaitExport>();
        await using var instance = await host.IntrospectAsync(
            "await-export",
            "e",
            m => m.MockStepResult("ask", question => question.Count < 4 ? null : "/exports/1"),
            Token
        );

        (await host.RunAsync<string, string>("await-export", "sales", "e", Token)).ShouldBe("/exports/1");

        host.Time.GetUtcNow().ShouldBe(Start.AddSeconds(15 + 30 + 60 + 120));
    }

    [Fact]
    public async Task It_gives_up_in_the_end()
    {
        await using var host = await StartAsync<AwaitExport>();

        var failed = await Should.ThrowAsync<InstanceFailedException>(() =>
            host.RunAsync<string, string>("await-export", "sales", cancellationToken: Token)
        );

        failed.Error!.Message.ShouldBe("Export e-1 was not ready after 20 questions.");
        World["ask"].ShouldBe(20);
        (World["begin"], host.Time.GetUtcNow() - Start).ShouldBe(
            (1, TimeSpan.FromSeconds(15 + 30 + 60 + 120 + 240 + 480) + (14 * TimeSpan.FromMinutes(10)))
        );
    }
}
