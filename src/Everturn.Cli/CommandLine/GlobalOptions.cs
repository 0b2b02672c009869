using System.CommandLine;

namespace Everturn.Cli.CommandLine;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    public const string UrlVariable = "EVERTURN_URL";
    public const string ApiKeyVariable = "EVERTURN_API_KEY";

    private const string DefaultUrl = "http://localhost:5080";

    public static Option<string> Url { get; } =
        new("--url")
        {
            Description = $"The server, with the prefix of its endpoints. Default: {UrlVariable}, else {DefaultUrl}.",
            Recursive = true,
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } url ? url : DefaultUrl,
        };

    public static Option<string?> ApiKey { get; } =
        new("--api-key")
        {
            Description = $"Sent as a bearer token. Default: {ApiKeyVariable}, which keeps it out of the process list.",
            Recursive = true,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ApiKeyVariable),
        };

    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print JSON, as the server sends it.", Recursive = true };
}
