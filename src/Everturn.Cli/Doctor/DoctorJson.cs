using System.Text.Json;

namespace Everturn.Cli.Doctor;

/// <summary>Findings as JSON: <c>{"ok":true,"findings":[{"check":"…","severity":"…","text":"…"}]}</c>.</summary>
internal static class DoctorJson
{
    public static JsonElement Write(IReadOnlyList<Finding> findings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", findings.All(finding => finding.Severity != Severity.Error));
            json.WriteStartArray("findings");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("check", finding.Check);
                json.WriteString("severity", finding.SeverityName.ToLowerInvariant());
                json.WriteString("text", finding.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
