using Microsoft.Extensions.AI;

namespace Everturn.Testing.Models;

/// <summary>One thing that a scripted model does: say something, or wait or fail before it goes on.</summary>
/// <param name="Content">What it says; null for an action. A call without an id gets one when it is played.</param>
/// <param name="Action">What it waits for; it may throw.</param>
internal sealed record ReplyPart(AIContent? Content, Func<CancellationToken, ValueTask>? Action);
