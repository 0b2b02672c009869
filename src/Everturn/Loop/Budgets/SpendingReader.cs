using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Loop.Budgets;

/// <summary>Adds up what was used before this process took a run: the records of its commits survive everything.</summary>
/// <param name="store">The session store.</param>
internal sealed class SpendingReader(ISessionStore store)
{
    /// <summary>
    /// What the run's turn used: the run, and those that it goes on from. Steps begin anew where a run went back to
    /// another one's input; what was paid for them stays paid.
    /// </summary>
    public async ValueTask<Spending> OfTurnAsync(RunRecord run, AgentBudget budget)
    {
        var spending = new Spending();
        var counts = budget is { Tokens: not null } or { Cost: not null };
        var back = run.StartMessageCount;
        if (counts)
        {
            spending.Add(await store.GetRollupAsync(run.Session, run.RunId).ConfigureAwait(false));
        }

        var later = run;
        while (
            later.Trigger != RunTrigger.Execute
            && later.ParentRunId is { } parentId
            && await store.GetRunAsync(run.Session, parentId).ConfigureAwait(false) is { } earlier
            && earlier.Turn == run.Turn
        )
        {
            // Behind that place its work is void.
            var input = earlier.StartMessageCount + earlier.InputMessageCount;
            spending.EarlierSteps += input < back ? earlier.StepCount : 0;
            back = Math.Min(back, earlier.StartMessageCount);
            spending.EarlierTime += TimeOf(earlier);
            if (counts)
            {
                spending.Add(await store.GetRollupAsync(run.Session, parentId).ConfigureAwait(false));
            }

            later = earlier;
        }

        return spending;
    }

    /// <summary>What the session used, its void parts included.</summary>
    public async ValueTask<Spending> OfSessionAsync(RunRecord run, AgentBudget budget)
    {
        var spending = new Spending();
        if (budget is { Tokens: not null } or { Cost: not null })
        {
            spending.Add(await store.GetRollupAsync(run.Session).ConfigureAwait(false));
        }

        if (budget.Time is not null)
        {
            spending.EarlierTime = await TimeBeforeAsync(run).ConfigureAwait(false);
        }

        return spending;
    }

    private async ValueTask<TimeSpan> TimeBeforeAsync(RunRecord run)
    {
        var sum = TimeSpan.Zero;
        string? cursor = null;
        do
        {
            var page = await store.ListRunsAsync(run.Session, new(PageRequest.MaxLimit, cursor)).ConfigureAwait(false);
            foreach (var earlier in page.Items.Where(earlier => earlier.RunId != run.RunId))
            {
                sum += TimeOf(earlier);
            }

            cursor = page.NextCursor;
        } while (cursor is not null);

        return sum;
    }

    private static TimeSpan TimeOf(RunRecord run) =>
        run is { StartedAt: { } started, EndedAt: { } ended } && ended > started ? ended - started : TimeSpan.Zero;
}
