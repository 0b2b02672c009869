using System.Globalization;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Loop.Budgets;

/// <summary>Compares what a run and its session used with what its agent may use.</summary>
/// <param name="reader">Knows what was used before.</param>
/// <param name="prices">What tokens cost.</param>
/// <param name="time">The clock.</param>
internal sealed class BudgetMeter(SpendingReader reader, ModelPrices prices, TimeProvider time)
{
    // The longest that a timer takes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    /// <summary>Reads what was used before, once for each execution, and has the run stopped when its time is up.</summary>
    public async ValueTask OpenAsync(RunExecution execution)
    {
        if (execution.Turn is not null)
        {
            return;
        }

        var agent = execution.Agent;
        var turn = await reader.OfTurnAsync(execution.Run, agent.RunBudget).ConfigureAwait(false);
        execution.InSession = await reader.OfSessionAsync(execution.Run, agent.SessionBudget).ConfigureAwait(false);
        execution.Turn = turn;
        if (Deadline(execution) is not { } deadline)
        {
            return;
        }

        var wait = deadline.At - time.GetUtcNow();
        if (wait < LongestWait)
        {
            execution.StopAfter(wait, deadline.Excess, time);
        }
    }

    /// <summary>What is used up; null to go on.</summary>
    public BudgetExcess? Check(RunExecution execution)
    {
        var agent = execution.Agent;
        return OfSteps(
                execution.Turn!.EarlierSteps + execution.Run.StepCount,
                agent.RunBudget,
                RunReason.MaxSteps,
                "The run"
            )
            ?? OfSteps(execution.SessionStepCount, agent.SessionBudget, RunReason.SessionMaxSteps, "The session")
            ?? OfTokens(execution.Turn, agent.RunBudget, RunReason.MaxTokens, "The run")
            ?? OfTokens(execution.InSession!, agent.SessionBudget, RunReason.SessionMaxTokens, "The session")
            ?? OfCost(execution, execution.Turn, agent.RunBudget, RunReason.MaxCost, "The run")
            ?? OfCost(execution, execution.InSession!, agent.SessionBudget, RunReason.SessionMaxCost, "The session")
            ?? (Deadline(execution) is { } deadline && deadline.At <= time.GetUtcNow() ? deadline.Excess : null);
    }

    private static BudgetExcess? OfSteps(int used, AgentBudget budget, string reason, string who) =>
        budget.Steps is { } limit && used >= limit
            ? new(reason, string.Create(CultureInfo.InvariantCulture, $"{who} used all {limit} steps of its agent."))
            : null;

    private static BudgetExcess? OfTokens(Spending spent, AgentBudget budget, string reason, string who) =>
        budget.Tokens is { } limit && spent.Tokens >= limit
            ? new(
                reason,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{who} used {spent.Tokens} of {limit} tokens of its agent."
                )
            )
            : null;

    private BudgetExcess? OfCost(RunExecution execution, Spending spent, AgentBudget budget, string reason, string who)
    {
        if (budget.Cost is not { } limit)
        {
            return null;
        }

        // A service may report a more exact name than it was asked for.
        var asked = prices.Find(ChatClients.ModelOf(execution.Agent, execution.ChatClient));
        var cost = 0m;
        foreach (var (model, tokens) in spent.ByModel)
        {
            if ((prices.Find(model) ?? asked) is not { } price)
            {
                return new(RunReason.UnknownPrice, $"{who} has a cost budget, and '{model}' has no price.");
            }

            cost += price.Of(tokens);
        }

        return cost >= limit
            ? new(
                reason,
                string.Create(CultureInfo.InvariantCulture, $"{who} cost {cost} of {limit} that its agent may.")
            )
            : null;
    }

    private static (DateTimeOffset At, BudgetExcess Excess)? Deadline(RunExecution execution)
    {
        var started = execution.Run.StartedAt ?? execution.Run.CreatedAt;
        var ofRun = Deadline(started, execution.Turn!, execution.Agent.RunBudget, RunReason.MaxTime, "The run");
        var ofSession = Deadline(
            started,
            execution.InSession!,
            execution.Agent.SessionBudget,
            RunReason.SessionMaxTime,
            "The session"
        );
        return ofSession is null || ofRun?.At <= ofSession.Value.At ? ofRun : ofSession;
    }

    private static (DateTimeOffset At, BudgetExcess Excess)? Deadline(
        DateTimeOffset started,
        Spending spent,
        AgentBudget budget,
        string reason,
        string who
    ) =>
        budget.Time is { } limit
            ? (
                started + limit - spent.EarlierTime,
                new(reason, string.Create(CultureInfo.InvariantCulture, $"{who} used all {limit} of its agent."))
            )
            : null;
}
