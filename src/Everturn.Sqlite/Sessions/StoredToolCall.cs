using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>A tool call whose content is still encoded.</summary>
/// <param name="Call">The call without content.</param>
/// <param name="Arguments">The arguments' column, or null.</param>
/// <param name="Result">The result's column, or null.</param>
/// <param name="StagedChange">The staged change's column, or null.</param>
internal sealed record StoredToolCall(ToolCallRecord Call, byte[]? Arguments, byte[]? Result, byte[]? StagedChange)
{
    public ToolCallRecord Load(PayloadStore payloads) =>
        Call with
        {
            Arguments = payloads.LoadOrEmpty(Arguments),
            Result = payloads.LoadOrEmpty(Result),
            StagedChange = payloads.LoadOrEmpty(StagedChange),
        };
}
