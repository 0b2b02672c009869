using System.Text.Json;
using System.Text.RegularExpressions;

namespace Everturn.AspNetCore.Tests;

/// <summary>Sends requests and holds requests and answers against the OpenAPI document.</summary>
internal sealed partial class ContractClient(HttpClient http, JsonElement document)
{
    private readonly SchemaValidator _schemas = new(document);

    /// <summary>The operations and statuses that were checked.</summary>
    public HashSet<string> Seen { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends a request, whose body and answer must be as the document says.</summary>
    public async Task SendAsync(string method, string path, string? body, int status)
    {
        var operation = Operation(method, path);
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, null, "application/json");
        }
        using var response = await http.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        ((int)response.StatusCode).ShouldBe(status, text);
        var id = operation.GetProperty("operationId").GetString();
        Seen.Add($"{id} {status}");

        if (status < 300 && body is not null)
        {
            Fits(operation.GetProperty("requestBody"), "application/json", body);
        }
        operation
            .GetProperty("responses")
            .TryGetProperty($"{status}", out var answer)
            .ShouldBeTrue($"{id} does not mention {status}");
        if (answer.TryGetProperty("content", out _))
        {
            Fits(answer, response.Content.Headers.ContentType!.MediaType!, text);
        }
        else
        {
            text.ShouldBeEmpty();
        }
    }

    /// <summary>Holds a value against a schema.</summary>
    public void Fits(string schema, JsonElement value) =>
        _schemas
            .Check(document.GetProperty("components").GetProperty("schemas").GetProperty(schema), value)
            .ShouldBeEmpty();

    private void Fits(JsonElement part, string mediaType, string text)
    {
        var schema = part.GetProperty("content").GetProperty(mediaType).GetProperty("schema");
        using var value = JsonDocument.Parse(text);
        _schemas.Check(schema, value.RootElement).ShouldBeEmpty(text);
    }

    private JsonElement Operation(string method, string path)
    {
        foreach (var template in document.GetProperty("paths").EnumerateObject())
        {
            var pattern = "^" + Parameter().Replace(template.Name, "[^/?]+") + @"(\?.*)?$";
            if (
                Regex.IsMatch(path, pattern)
                && template.Value.TryGetProperty(method.ToLowerInvariant(), out var operation)
            )
            {
                return operation;
            }
        }
        throw new InvalidOperationException($"The document has no {method} {path}.");
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
