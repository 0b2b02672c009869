using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Loop;

/// <summary>What a tool call came to, with all that is to be stored with it.</summary>
/// <param name="Call">The call with its outcome.</param>
/// <param name="Chunks">Its last events and <c>tool_end</c>.</param>
/// <param name="Usage">What it used.</param>
internal sealed record ToolOutcome(
    ToolCallRecord Call,
    IReadOnlyList<ReadOnlyMemory<byte>> Chunks,
    IReadOnlyList<UsageEntry> Usage
);
