using Everturn.Workflows;

namespace Patterns.Saga;

/// <summary>Saga: all of the bookings, or none. What was booked is undone, the last first, when a later one fails.</summary>
[Workflow("book-trip")]
public sealed class BookTrip(ITravel travel) : Workflow<string, IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<string>> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var traveller = trigger.Payload;
        var bookings = new List<string>();
        foreach (var what in (string[])["flight", "hotel", "car"])
        {
            var undo = new StepRollback((_, token) => travel.CancelAsync(what, traveller, token));
            bookings.Add(
                await step.DoAsync(
                    $"book {what}",
                    new StepOptions { Rollback = undo },
                    token => travel.BookAsync(what, traveller, token)
                )
            );
        }

        return bookings;
    }
}
