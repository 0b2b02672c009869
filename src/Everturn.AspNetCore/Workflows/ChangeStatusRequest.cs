namespace Everturn.AspNetCore.Workflows;

/// <summary>Body of <c>PATCH /workflows/{workflow}/instances/{id}/status</c>.</summary>
public sealed record ChangeStatusRequest
{
    /// <summary><c>pause</c>, <c>resume</c>, <c>terminate</c> or <c>restart</c>.</summary>
    public string? Status { get; init; }

    /// <summary>With <c>terminate</c>: whether its steps are rolled back before. Default false.</summary>
    public bool? Rollback { get; init; }

    /// <summary>With <c>restart</c>: the step to run again with all that started after it; absent for everything.</summary>
    public RestartFromRequest? From { get; init; }
}
