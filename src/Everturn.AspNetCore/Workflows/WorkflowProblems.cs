using Everturn.Workflows;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Which exception of the step engine is which answer; the rest is <see cref="Problems"/>'s.</summary>
internal static class WorkflowProblems
{
    /// <summary>The answer to an exception.</summary>
    public static Problem From(Exception exception) =>
        exception switch
        {
            WorkflowNotFoundException unknown => WorkflowNotFound(unknown.WorkflowName),
            InstanceNotFoundException missing => InstanceNotFound(missing.Key),
            InstanceAlreadyExistsException taken => Conflict(
                ProblemCode.InstanceAlreadyExists,
                "The id is taken",
                taken.Message,
                taken.Key
            ) with
            {
                Field = "id",
            },
            InstanceFinishedException finished => Conflict(
                ProblemCode.InstanceFinished,
                "The instance has ended",
                finished.Message,
                finished.Key
            ) with
            {
                InstanceStatus = finished.Status.Value,
            },
            InstanceConflictException conflict => Conflict(
                ProblemCode.InstanceConflict,
                "The instance does not allow it",
                conflict.Message,
                conflict.Key
            ),
            InstanceControlledElsewhereException elsewhere => Conflict(
                ProblemCode.ControlledElsewhere,
                "The instance carries a run of an agent",
                elsewhere.Message,
                elsewhere.Key
            ),
            _ => Problems.From(exception),
        };

    /// <summary>The answer for a workflow that is not there, or that the caller may not know of.</summary>
    public static Problem WorkflowNotFound(string workflow) =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCode.WorkflowNotFound,
            "No such workflow",
            $"No workflow named \"{workflow}\" is registered. Register it with AddWorkflow."
        )
        {
            Workflow = workflow,
        };

    /// <summary>The answer for an instance that is not there, or that the caller may not know of.</summary>
    public static Problem InstanceNotFound(InstanceKey key) =>
        new(
            StatusCodes.Status404NotFound,
            ProblemCode.InstanceNotFound,
            "No such instance",
            new InstanceNotFoundException(key).Message
        )
        {
            Workflow = key.Workflow,
            InstanceId = key.Id,
        };

    /// <summary>The answer to who wants to begin or control an agent's run by its workflow.</summary>
    public static Problem Agents(string workflow) =>
        new(
            StatusCodes.Status409Conflict,
            ProblemCode.ControlledElsewhere,
            "The workflow carries runs of an agent",
            $"Workflow \"{workflow}\" carries runs of an agent, which begin with POST /sessions/{{sessionId}}/start and are "
                + "steered with /interrupt, /abort, /resume and /retry."
        )
        {
            Workflow = workflow,
        };

    private static Problem Conflict(string code, string title, string detail, InstanceKey key) =>
        new(StatusCodes.Status409Conflict, code, title, detail) { Workflow = key.Workflow, InstanceId = key.Id };
}
