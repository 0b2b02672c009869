using Patterns.FanOut;

namespace Everturn.Patterns.Tests;

public sealed class FanOutTests : PatternTests
{
    [Fact]
    public async Task The_parts_come_together()
    {
        await using var host = await StartAsync<TranslateBook>();

        (await host.RunAsync<string, int>("translate-book", "b", cancellationToken: Token)).ShouldBe(11);

        World.Done.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Only_the_part_that_failed_is_done_again()
    {
        await using var host = await StartAsync<TranslateBook>();
        await using var instance = await host.IntrospectAsync(
            "translate-book",
            "b",
            m => m.MockStepError("translate two", new HttpRequestException("busy"), times: 2),
            Token
        );

        (await host.RunAsync<string, int>("translate-book", "b", "b", Token)).ShouldBe(11);

        (World["translate one"], World["translate two"], World["translate three"]).ShouldBe((1, 1, 1));
        (await instance.WaitForStepAsync("translate two", cancellationToken: Token)).Attempts.Count.ShouldBe(3);
        host.Time.GetUtcNow().ShouldBe(Start.AddSeconds(30));
        (await instance.CheckDeterminismAsync(Token)).EnsureDeterministic();
    }
}
