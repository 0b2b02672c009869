using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>The step that an instance runs again from.</summary>
public sealed record RestartFromRequest
{
    private static readonly StepKind[] Kinds =
    [
        StepKind.Do,
        StepKind.Sleep,
        StepKind.WaitForEvent,
        StepKind.Child,
        StepKind.ChildEnd,
        StepKind.Approval,
        StepKind.ClientTool,
    ];

    /// <summary>The step's name.</summary>
    public string? Name { get; init; }

    /// <summary>Which call with this name and type, from 1. Default 1.</summary>
    public int? Count { get; init; }

    /// <summary>The step's type: <c>do</c> (or <c>step</c>; the default), <c>sleep</c>, <c>waitForEvent</c>, <c>child</c>, <c>childEnd</c>, <c>approval</c> or <c>clientTool</c>.</summary>
    public string? Type { get; init; }

    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    internal StepReference Read()
    {
        if (Name is null)
        {
            throw new InvalidInputException("from.name", "It is required.");
        }
        try
        {
            WorkflowIdentifiers.CheckStepName(Name);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException("from.name", exception.Detail);
        }
        if (Count < 1)
        {
            throw new InvalidInputException("from.count", "It is 1 or more.");
        }
        var type = Type is null or StepView.Step ? StepKind.Do : new StepKind(Type);
        return Array.IndexOf(Kinds, type) >= 0
            ? new(Name, Count ?? 1, type)
            : throw new InvalidInputException("from.type", $"It is one of {string.Join(", ", Kinds)}.");
    }
}
