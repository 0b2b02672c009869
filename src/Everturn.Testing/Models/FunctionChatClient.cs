using Microsoft.Extensions.AI;

namespace Everturn.Testing.Models;

/// <summary>
/// A model whose answer is a function of the transcript and of nothing else, so that it says the same again in a
/// process that was killed and started anew. For crash tests, and for demos without a vendor.
/// </summary>
/// <param name="reply">Gives the reply to a transcript. Must not depend on anything but its messages.</param>
public sealed class FunctionChatClient(Func<IReadOnlyList<ChatMessage>, ScriptedReply> reply) : ReplayingChatClient
{
    private protected override ScriptedReply Choose(ModelCall call) => reply(call.Messages);
}
