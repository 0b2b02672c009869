using System.Text.Json;
using Everturn.Cli.Output;

namespace Everturn.Cli.Chat;

/// <summary>Prints chunks as an answer: text as it comes, and besides it, on standard error, what the agent does.</summary>
/// <param name="terminal">Where to.</param>
internal sealed class ChunkPrinter(Terminal terminal)
{
    private const int MaxArguments = 60;

    private bool _isInLine;

    public Task PrintAsync(JsonElement chunk) =>
        chunk.GetProperty("type").GetString() switch
        {
            "text_delta" => TextAsync(chunk.GetProperty("delta").GetString()!),
            "tool_start" => NoteAsync($"{Tool(chunk)}({Show.Line(Raw(chunk, "arguments"), MaxArguments)})"),
            "tool_end" when !chunk.GetProperty("success").GetBoolean() => NoteAsync(
                $"{Tool(chunk)} failed: {Show.Line(Raw(chunk, "error"))}"
            ),
            "step_discarded" => NoteAsync("The step begins again; what it said so far does not count."),
            "error" => NoteAsync($"error: {Raw(chunk, "message") ?? Raw(chunk, "error")}"),
            _ => Task.CompletedTask,
        };

    /// <summary>Says something beside the answer.</summary>
    public async Task NoteAsync(string text)
    {
        await EndLineAsync().ConfigureAwait(false);
        await terminal.NoteAsync(text).ConfigureAwait(false);
    }

    /// <summary>Ends the line that the answer is in.</summary>
    public async Task EndLineAsync()
    {
        if (_isInLine)
        {
            await Terminal.WriteLineAsync().ConfigureAwait(false);
            _isInLine = false;
        }
    }

    private Task TextAsync(string delta)
    {
        if (delta.Length > 0)
        {
            _isInLine = !delta.EndsWith('\n');
        }
        return Terminal.WriteAsync(delta);
    }

    private static string Tool(JsonElement chunk) => Raw(chunk, "toolName") ?? "a tool";

    private static string? Raw(JsonElement chunk, string name) =>
        !chunk.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.GetRawText();
}
