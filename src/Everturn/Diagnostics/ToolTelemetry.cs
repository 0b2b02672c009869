using System.Diagnostics;
using System.Text;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Diagnostics;

/// <summary>A tool call, as traces tell it. Of a sensitive tool they tell that it was called and how it ended, no more.</summary>
internal sealed class ToolTelemetry : IDisposable
{
    private readonly Activity? _span;
    private readonly bool _capture;
    private readonly bool _sensitive;

    public ToolTelemetry(Activity? span, AgentTool tool, bool capture, ToolCallRecord call)
    {
        _span = span;
        _sensitive = tool.Sensitive;
        _capture = capture && !_sensitive;
        if (_capture)
        {
            span?.SetTag(GenAiTags.ToolArguments, Text(call.Arguments));
        }
    }

    public void Ended(ToolCallRecord call)
    {
        if (_span is null)
        {
            return;
        }

        if (_capture)
        {
            _span.SetTag(GenAiTags.ToolResult, Text(call.Result));
        }

        if (call.Status != ToolCallStatus.Succeeded)
        {
            _span
                .SetTag(GenAiTags.ErrorType, call.Status.Value)
                .SetStatus(ActivityStatusCode.Error, _sensitive ? null : Text(call.Result));
        }
    }

    public void Dispose() => _span?.Dispose();

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
