using System.Buffers;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Everturn.Cli.Output;

/// <summary>
/// Where output goes: to a person at a terminal with colours and frames, else as plain text that programs and files can
/// take. Results go to standard output, everything else to standard error.
/// </summary>
/// <param name="json">Whether results are to be JSON.</param>
internal sealed class Terminal(bool json)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private readonly IAnsiConsole _console = AnsiConsole.Console;

    /// <summary>Whether results are to be JSON.</summary>
    public bool Json { get; } = json;

    /// <summary>Whether a person reads the results.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    /// <summary>How many characters a line has; null where nobody reads it at a terminal.</summary>
    public static int? Width => IsInteractive ? AnsiConsole.Console.Profile.Width : null;

    /// <summary>Prints JSON, readable at a terminal and on one line elsewhere.</summary>
    public static Task WriteJsonAsync(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, IsInteractive ? Indented : default))
        {
            json.WriteTo(writer);
        }
        return Console.Out.WriteLineAsync(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Prints text as it is.</summary>
    public static async Task WriteAsync(string text)
    {
        await Console.Out.WriteAsync(text).ConfigureAwait(false);
        await Console.Out.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Prints a line.</summary>
    public static Task WriteLineAsync(string text = "") => Console.Out.WriteLineAsync(text);

    /// <summary>Says something that is no result.</summary>
    public Task NoteAsync(string text)
    {
        if (Console.IsErrorRedirected)
        {
            return Console.Error.WriteLineAsync(text);
        }
        return Console.Error.WriteLineAsync(IsColoured ? $"\e[2m{text}\e[0m" : text);
    }

    /// <summary>Says what is wrong.</summary>
    public Task ErrorAsync(string text) =>
        Console.Error.WriteLineAsync(
            !Console.IsErrorRedirected && IsColoured ? $"\e[31merror:\e[0m {text}" : $"error: {text}"
        );

    /// <summary>Prints a table: framed at a terminal, elsewhere in columns two spaces apart.</summary>
    public async Task WriteAsync(TextTable table)
    {
        if (!IsInteractive)
        {
            await WriteColumnsAsync(table).ConfigureAwait(false);
            return;
        }
        var framed = new Table().Border(TableBorder.Rounded);
        foreach (var heading in table.Headings)
        {
            framed.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }
        foreach (var row in table.Rows)
        {
            framed.AddRow(row.Select(cell => new Text(cell)));
        }
        _console.Write(framed);
    }

    private bool IsColoured => _console.Profile.Capabilities.Ansi;

    private static async Task WriteColumnsAsync(TextTable table)
    {
        string[] headings = [.. table.Headings.Select(heading => heading.ToUpperInvariant())];
        List<string[]> lines = [headings, .. table.Rows];
        var widths = Enumerable.Range(0, headings.Length).Select(i => lines.Max(line => line[i].Length)).ToArray();
        foreach (var line in lines)
        {
            var text = string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i])));
            await Console.Out.WriteLineAsync(text.TrimEnd()).ConfigureAwait(false);
        }
    }
}
