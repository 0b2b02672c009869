using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>The content of a tool call, encoded.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Result">The result, if there is one.</param>
/// <param name="StagedChange">The staged change, if there is one.</param>
internal readonly record struct ToolCallContent(
    StoredPayload Arguments,
    StoredPayload Result,
    StoredPayload StagedChange
)
{
    public static ToolCallContent Of(ToolCallRecord call, PayloadStore payloads) =>
        new(
            payloads.Prepare(call.Arguments, ContentFormat.Json),
            payloads.Prepare(call.Result, ContentFormat.Json),
            payloads.Prepare(call.StagedChange, ContentFormat.Json)
        );
}
