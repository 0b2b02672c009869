using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>A request to create an instance.</summary>
internal sealed record CreateInstanceBody(string? Id, JsonElement? Params, string? RequestId, RetentionBody? Retention);
