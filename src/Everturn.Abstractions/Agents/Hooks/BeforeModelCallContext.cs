using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>The model is about to be called.</summary>
/// <param name="Running">Where it comes from.</param>
/// <param name="Messages">The system prompt and the transcript, as the model gets them.</param>
/// <param name="Options">The options of this very attempt: model id, temperature and the like may be changed here.</param>
/// <param name="Attempt">From 1; more where a call failed and is repeated.</param>
public sealed record BeforeModelCallContext(
    RunningHookScope Running,
    IReadOnlyList<ChatMessage> Messages,
    ChatOptions Options,
    int Attempt
) : RunningHookContext(Running);
