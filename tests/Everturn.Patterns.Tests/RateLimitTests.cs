using Everturn.Workflows;
using Patterns.RateLimit;

namespace Everturn.Patterns.Tests;

public sealed class RateLimitTests : PatternTests
{
    private static readonly Newsletter Letter = new("Hello", [.. Enumerable.Range(1, 120).Select(i => $"r{i}")]);

    [Fact]
    public async Task No_minute_has_more_mails_than_the_service_takes()
    {
        await using var host = await StartAsync<SendNewsletter>();
        var created = await host.Client<Newsletter, int>("send-newsletter")
            .CreateAsync(Letter, cancellationToken: Token);

        await host.SettleAsync(Token);
        World.Done.Count.ShouldBe(50);
        await host.AdvanceAsync(TimeSpan.FromSeconds(59), Token);
        World.Done.Count.ShouldBe(50);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1), Token);
        World.Done.Count.ShouldBe(100);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1), Token);

        (await created.StatusAsync(Token)).Output<int>().ShouldBe(120);
        World.Done.Distinct().Count().ShouldBe(120);
    }

    [Fact]
    public async Task A_crash_does_not_begin_the_minute_anew_and_repeats_no_mail_that_was_recorded()
    {
        await using var host = await StartAsync<SendNewsletter>();
        await using var instance = await host.IntrospectAsync("send-newsletter", "n", cancellationToken: Token);
        await host.Client<Newsletter, int>("send-newsletter").CreateAsync(Letter, "n", cancellationToken: Token);
        await host.AdvanceAsync(TimeSpan.FromSeconds(40), Token);

        await host.CrashAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(20), Token);
        World.Done.Count.ShouldBe(100);

        (await instance.RunToEndAsync(Token)).Status.ShouldBe(InstanceStatus.Complete);
        World.Done.Count.ShouldBe(120);
        host.Time.GetUtcNow().ShouldBe(Start.AddMinutes(2));
    }
}
