using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Everturn.Bench.Running;

namespace Everturn.Bench.Reporting;

/// <summary>A result together with all that one must know to measure it again.</summary>
internal sealed class BenchReport(string name, BenchResult result, BenchOptions options, string fileSystem)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    // At another scale a number is not the row's number, so no bar is reached or missed.
    private bool? Reached => options.Scale < 1 ? null : result.Bar?.Reached;

    public string ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = name,
            ["value"] = Round(result.Value),
            ["unit"] = result.Unit,
            ["runtime"] = result.Runtime,
            ["store"] = result.Store,
            ["durability"] = result.Durability,
            ["bar"] = result.Bar?.Text,
            ["limit"] = result.Bar?.Limit,
            ["reached"] = Reached,
            ["scale"] = options.Scale,
        };
        foreach (var (key, value) in result.Details)
        {
            json[key] = value is double number ? Round(number) : JsonValue.Create(value);
        }

        json["fileSystem"] = fileSystem;
        json["machine"] = Machine.Describe();
        json["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'");
        json["command"] = $"dotnet run -c Release --project bench/Everturn.Bench -- {Arguments()}";
        return json.ToJsonString(Json);
    }

    public string ToText()
    {
        var bar = result.Bar is null ? "" : $" (bar: {result.Bar.Text}{Verdict()})";
        var details = string.Join(", ", result.Details.Select(pair => $"{pair.Key} {Show(pair.Value)}"));
        return $"{name}: {Round(result.Value):#,0.###} {result.Unit}{bar}; {details}";
    }

    private string Verdict() =>
        Reached switch
        {
            true => ", reached",
            false => ", missed",
            null => ", not judged at this scale",
        };

    private string Arguments() => string.Join(' ', options.Arguments(name));

    private static string Show(object value) => value is double number ? $"{Round(number):#,0.###}" : $"{value}";

    private static double Round(double value) => Math.Abs(value) >= 1000 ? Math.Round(value) : Math.Round(value, 3);
}
