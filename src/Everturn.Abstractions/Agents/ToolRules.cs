using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>Which options of a tool go together. Pure.</summary>
internal static class ToolRules
{
    /// <exception cref="InvalidInputException">The options cannot be honoured.</exception>
    public static void Check(AIFunctionDeclaration declaration, AgentToolOptions options)
    {
        if (options.Timeout is { } timeout && timeout <= TimeSpan.Zero)
        {
            throw new InvalidInputException(nameof(options.Timeout), "A timeout is longer than nothing; null is none.");
        }

        if (options.AnswerWithin is { } limit && limit <= TimeSpan.Zero)
        {
            throw new InvalidInputException(
                nameof(options.AnswerWithin),
                "The time for an answer is longer than nothing; null is no limit."
            );
        }

        if (
            options.OnExpiry != ExpiryOutcome.Deny
            && options.OnExpiry != ExpiryOutcome.Expire
            && options.OnExpiry != ExpiryOutcome.Error
        )
        {
            throw new InvalidInputException(nameof(options.OnExpiry), $"There is no outcome '{options.OnExpiry}'.");
        }

        if (declaration is AIFunction)
        {
            return;
        }

        if (options.NeedsApproval is not null)
        {
            throw new InvalidInputException(
                nameof(options.RequireApproval),
                "The client executes this tool, and asks its user where that is needed."
            );
        }

        if (options.Effect != ToolEffect.Idempotent)
        {
            throw new InvalidInputException(
                nameof(options.Effect),
                "The client executes this tool, so its calls are never repeated here."
            );
        }
    }

    /// <summary>Which calls need approval; a function may say itself that all do.</summary>
    public static Func<ApprovalCheck, bool>? ApprovalOf(AIFunctionDeclaration declaration, AgentToolOptions options) =>
        options.NeedsApproval
        ?? (declaration.GetService<ApprovalRequiredAIFunction>() is null ? null : static _ => true);
}
