using Everturn;
using Everturn.Workflows;
using Patterns.Approval;
using Patterns.Children;
using Patterns.Cron;
using Patterns.Debounce;
using Patterns.FanOut;
using Patterns.LongWait;
using Patterns.Migration;
using Patterns.Polling;
using Patterns.RateLimit;
using Patterns.Saga;

namespace Patterns;

/// <summary>Registers the ten patterns.</summary>
public static class PatternsBuilderExtensions
{
    /// <summary>Adds all of them, with the options that belong to each. The services they use are the application's.</summary>
    /// <param name="builder">The builder.</param>
    public static EverturnBuilder AddPatterns(this EverturnBuilder builder) =>
        builder
            .AddWorkflow<BookTrip>()
            .AddWorkflow<TranslateBook>()
            .AddWorkflow<AwaitExport>()
            .AddWorkflow<ApproveExpense>()
            .AddWorkflow<BillMonth>()
            .AddWorkflow<BillCustomer>(o => o.ConcurrencyLimit = 20)
            .AddWorkflow<NightlyReport>(o => o.Schedules.Add(new WorkflowSchedule("30 2 * * *")))
            .AddWorkflow<IndexDocument>()
            .AddWorkflow<SendNewsletter>()
            .AddWorkflow<RunTrial>()
            .AddWorkflow<ShipOrderV1>()
            .AddWorkflow<ShipOrderV2>();
}
