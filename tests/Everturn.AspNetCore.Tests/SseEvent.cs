using System.Text.Json;

namespace Everturn.AspNetCore.Tests;

/// <summary>One server-sent event as it arrived.</summary>
/// <param name="Id">Its id; null where it has none.</param>
/// <param name="Type">Its type; <c>message</c> where it has none.</param>
/// <param name="Data">Its data.</param>
internal sealed record SseEvent(string? Id, string Type, string Data)
{
    public JsonElement Json => JsonDocument.Parse(Data).RootElement;
}
