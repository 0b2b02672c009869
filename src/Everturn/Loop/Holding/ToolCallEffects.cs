using Everturn.Sessions;

namespace Everturn.Loop.Holding;

/// <summary>What is known of a call whose host is gone. Pure.</summary>
internal static class ToolCallEffects
{
    /// <summary>The stored name of <see cref="Agents.ToolEffect.AtMostOnce"/>.</summary>
    public const string AtMostOnce = "at_most_once";

    /// <summary>Whether a call was begun that may not be repeated, and has no outcome.</summary>
    public static bool IsUnknownAfterCrash(this ToolCallRecord call) =>
        call.Status == ToolCallStatus.Started && call.Effect == AtMostOnce;
}
