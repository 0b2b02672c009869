using System.Buffers;

namespace Everturn.Workflows;

/// <summary>The rules for names and ids (Cloudflare Workflows; see the spec's section 1.2).</summary>
public static class WorkflowIdentifiers
{
    /// <summary>Longest workflow name.</summary>
    public const int MaxWorkflowName = 64;

    /// <summary>Longest instance id that a user may choose.</summary>
    public const int MaxUserInstanceId = 100;

    /// <summary>
    /// Longest instance id that a runtime or a schedule may choose; such ids may also contain <c>. : @ , * / # ? </c> and
    /// spaces.
    /// </summary>
    public const int MaxInstanceId = 300;

    /// <summary>Longest step name.</summary>
    public const int MaxStepName = 256;

    /// <summary>Longest event type.</summary>
    public const int MaxEventType = 100;

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    private static readonly SearchValues<char> RuntimeIdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:@ ,*/#?"
    );

    /// <summary>Checks a workflow's name: 1 to 64 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</summary>
    /// <param name="name">The name.</param>
    /// <param name="field">What to call it in the exception.</param>
    /// <exception cref="InvalidInputException">The name breaks the rule.</exception>
    public static void CheckWorkflowName(string name, string field = "workflow") =>
        CheckWord(name, MaxWorkflowName, field, "Workflow name is invalid");

    /// <summary>Checks an instance id that a user chose: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</summary>
    /// <param name="id">The id.</param>
    /// <param name="field">What to call it in the exception.</param>
    /// <exception cref="InvalidInputException">The id breaks the rule.</exception>
    public static void CheckUserInstanceId(string id, string field = "id") =>
        CheckWord(id, MaxUserInstanceId, field, "Workflow instance has invalid id");

    /// <summary>Checks an instance id that a runtime or a schedule chose: 1 to 300 of <c>[A-Za-z0-9_.:@ ,*/#?-]</c>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="field">What to call it in the exception.</param>
    /// <exception cref="InvalidInputException">The id breaks the rule.</exception>
    public static void CheckInstanceId(string id, string field = "id")
    {
        if (
            string.IsNullOrEmpty(id)
            || id.Length > MaxInstanceId
            || id[0] == '-'
            || id.AsSpan().ContainsAnyExcept(RuntimeIdCharacters)
        )
        {
            throw new InvalidInputException(
                field,
                $"Workflow instance has invalid id (1 to {MaxInstanceId} characters)."
            );
        }
    }

    /// <summary>Checks the name of a step, sleep or wait: 1 to 256 characters, none below U+0020.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidInputException">The name breaks the rule.</exception>
    public static void CheckStepName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxStepName || name.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            throw new InvalidInputException(
                "name",
                $"Step name \"{name}\" exceeds max length ({MaxStepName} chars) or invalid characters found"
            );
        }
    }

    /// <summary>Checks an event's type: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidInputException">The type breaks the rule.</exception>
    public static void CheckEventType(string type) =>
        CheckWord(type, MaxEventType, "type", "(workflow.invalid_event_type) Event type is invalid");

    private static void CheckWord(string value, int longest, string field, string message)
    {
        if (
            string.IsNullOrEmpty(value)
            || value.Length > longest
            || value[0] == '-'
            || value.AsSpan().ContainsAnyExcept(WordCharacters)
        )
        {
            throw new InvalidInputException(
                field,
                $"{message} (1 to {longest} letters, digits, underscores and hyphens, no hyphen first)."
            );
        }
    }
}
