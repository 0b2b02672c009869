using System.Text;
using System.Text.Json;

namespace Everturn.Bench.Reporting;

/// <summary>The table of docs/benchmarks.md, with the machine and the date that it is true for.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _rows = new();
    private JsonElement? _last;

    public bool HasFailures { get; private set; }

    /// <summary>Adds a row; <paramref name="report"/> is null where the benchmark failed.</summary>
    public void Add(string name, JsonElement? report)
    {
        if (report is not { } row)
        {
            HasFailures = true;
            _rows.AppendLine($"| `{name}` | failed | | |");
            return;
        }

        _last = row;
        var value = row.GetProperty("value").GetDouble();
        var reached = row.GetProperty("reached").ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "**no**",
            _ => "",
        };
        _rows.AppendLine(
            $"| `{name}` | {value:#,0.###} {row.GetProperty("unit").GetString()}{Ratio(row)} "
                + $"| {row.GetProperty("bar").GetString()} | {reached} |"
        );
    }

    public override string ToString()
    {
        var text = new StringBuilder("| name | value | bar | reached |\n|---|---|---|---|\n").Append(_rows);
        if (_last is { } row)
        {
            var machine = row.GetProperty("machine");
            text.AppendLine()
                .Append($"{machine.GetProperty("cpu").GetString()}, {machine.GetProperty("cores")} cores, ")
                .Append($"{row.GetProperty("fileSystem").GetString()}, {machine.GetProperty("os").GetString()}, ")
                .Append($"{machine.GetProperty("dotnet").GetString()}, {row.GetProperty("date").GetString()}");
            var scale = row.GetProperty("scale").GetDouble();
            text.Append(scale < 1 ? $"; a smoke test at scale {scale}, no measurement." : ".");
        }

        return text.ToString();
    }

    private static string Ratio(JsonElement row) =>
        row.TryGetProperty("ratio", out var ratio) ? $" ({ratio.GetDouble():0.00} of `fdatasync`)" : "";
}
