using Everturn.Testing;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Docs.Snippets;

public sealed class TestingWorkflows
{
    private static readonly Order Order = new("o-17", 40);

    private readonly RecordingShop _shop = new();

    [Fact]
    public async Task An_order_is_charged_when_it_is_signed()
    {
        await using var host = await WorkflowTestHost.StartAsync(e =>
            e.AddWorkflow<Onboarding>().Services.AddSingleton<IShop>(_shop)
        );
        await using var instance = await host.IntrospectAsync(
            "onboarding",
            "order-17",
            modify => modify.MockEvent("signed", "Ada")
        );

        var receipt = await host.RunAsync<Order, string>("onboarding", Order, "order-17");

        Assert.Equal("receipt, signed by Ada", receipt);
        Assert.Equal(["reserve o-17", "charge o-17"], _shop.Calls);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), host.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_clock_moves_when_the_test_says_so()
    {
        await using var host = await StartAsync();
        await using var instance = await host.IntrospectAsync("onboarding", "order-17");
        await host.Client<Order, string>("onboarding").CreateAsync(Order, "order-17");

        await host.AdvanceAsync(TimeSpan.FromHours(23));
        Assert.Equal(["reserve o-17"], _shop.Calls);
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        await instance.Instance.SendEventAsync("signed", "Ada");
        await instance.WaitForStatusAsync(InstanceStatus.Complete);
        Assert.Equal("Ada", await instance.WaitForStepResultAsync<string>("signature"));
        Assert.Equal("receipt, signed by Ada", await instance.GetOutputAsync<string>());
    }

    [Fact]
    public async Task A_charge_that_fails_is_tried_again()
    {
        await using var host = await StartAsync();
        await using var instance = await host.IntrospectAsync(
            "onboarding",
            "order-17",
            modify =>
                modify
                    .DisableSleeps()
                    .DisableRetryDelays()
                    .MockEvent("signed", "Ada")
                    .MockStepError("charge", new HttpRequestException("no answer"), times: 2)
                    .ForceStepTimeout("charge", times: 1)
                    .MockStepResult("charge", "late receipt")
        );

        var receipt = await host.RunAsync<Order, string>("onboarding", Order, "order-17");

        Assert.Equal("late receipt, signed by Ada", receipt);
        var charge = await instance.WaitForStepAsync("charge");
        Assert.Equal(4, charge.Attempts.Count);
    }

    [Fact]
    public async Task Nobody_signs()
    {
        await using var host = await StartAsync();
        await using var instance = await host.IntrospectAsync(
            "onboarding",
            "order-17",
            modify => modify.DisableSleeps().ForceEventTimeout("signature")
        );

        await Assert.ThrowsAsync<InstanceFailedException>(() =>
            host.RunAsync<Order, string>("onboarding", Order, "order-17")
        );

        Assert.Equal(WorkflowTimeoutException.StoredName, (await instance.GetErrorAsync()).Name);
    }

    [Fact]
    public async Task Orders_that_other_code_creates_are_captured()
    {
        await using var host = await StartAsync();
        await using var orders = host.IntrospectAll("onboarding", modify => modify.DisableSleeps());

        await host.Services.GetRequiredService<IWorkflowClient<Order, string>>().CreateAsync(Order);

        var instance = await orders.WaitForInstanceAsync();
        await instance.WaitForStepAsync("cooling off");
    }

    [Fact]
    public async Task A_crash_changes_nothing()
    {
        await using var host = await StartAsync();
        await using var instance = await host.IntrospectAsync(
            "onboarding",
            "order-17",
            modify => modify.MockEvent("signed", "Ada").CrashBefore("reserve").CrashAfter("charge")
        );

        await host.RunAsync<Order, string>("onboarding", Order, "order-17");

        Assert.Equal(2, instance.Crashes);
        Assert.Equal(["reserve o-17", "reserve o-17", "charge o-17"], _shop.Calls);
    }

    [Fact]
    public async Task No_crash_anywhere_changes_the_end()
    {
        await using var host = await StartAsync();

        var sweep = await host.SweepCrashesAsync("onboarding", Order, modify => modify.MockEvent("signed", "Ada"));

        sweep.EnsureSameEnd();
        Assert.NotEmpty(sweep.Runs);
    }

    [Fact]
    public async Task The_code_does_the_same_in_every_execution()
    {
        await using var host = await StartAsync();
        await using var instance = await host.IntrospectAsync(
            "onboarding",
            "order-17",
            modify => modify.MockEvent("signed", "Ada")
        );
        await host.Client<Order, string>("onboarding").CreateAsync(Order, "order-17");

        var report = await instance.CheckDeterminismAsync();

        report.EnsureDeterministic();
    }

    private Task<WorkflowTestHost> StartAsync() =>
        WorkflowTestHost.StartAsync(e => e.AddWorkflow<Onboarding>().Services.AddSingleton<IShop>(_shop));
}
