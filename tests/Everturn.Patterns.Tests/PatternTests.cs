using Everturn.Testing;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Patterns;
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

namespace Everturn.Patterns.Tests;

/// <summary>A host with all patterns, and a world outside that writes down what was done to it.</summary>
public abstract class PatternTests
{
    protected static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What happened outside of the workflows, and what is there.</summary>
    protected Outside World { get; } = new();

    protected Task<WorkflowTestHost> StartAsync() => StartAsync(everturn => everturn.AddPatterns());

    protected Task<WorkflowTestHost> StartAsync<TWorkflow>()
        where TWorkflow : Workflow => StartAsync(everturn => everturn.AddWorkflow<TWorkflow>());

    protected Task<WorkflowTestHost> StartAsync(Action<EverturnBuilder> addWorkflows) =>
        WorkflowTestHost.StartAsync(
            everturn =>
            {
                addWorkflows(everturn);
                everturn
                    .Services.AddSingleton<ITravel>(World)
                    .AddSingleton<ITranslator>(World)
                    .AddSingleton<IExports>(World)
                    .AddSingleton<IExpenses>(World)
                    .AddSingleton<IBilling>(World)
                    .AddSingleton<IReports>(World)
                    .AddSingleton<ISearchIndex>(World)
                    .AddSingleton<IMail>(World)
                    .AddSingleton<ITrials>(World)
                    .AddSingleton<IWarehouse>(World);
            },
            cancellationToken: Token
        );
}
