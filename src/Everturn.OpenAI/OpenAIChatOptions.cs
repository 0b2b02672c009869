using Microsoft.Extensions.AI;

namespace Everturn.OpenAI;

/// <summary>Which model is called over the OpenAI chat completions API, and where.</summary>
public sealed class OpenAIChatOptions
{
    /// <summary>The API key. Required; a server that wants none takes any text. The environment is not read.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The model, for example <c>gpt-5.2</c>. Required; <see cref="ChatOptions.ModelId"/> overrides it.</summary>
    public string Model { get; set; } = "";

    /// <summary>
    /// Where the API is, with its version: any server that speaks chat completions. Default
    /// <c>https://api.openai.com/v1</c>.
    /// </summary>
    public Uri BaseUrl { get; set; } = new("https://api.openai.com/v1");

    /// <summary>
    /// The most tokens of a reply, reasoning included. Default null: the service decides.
    /// <see cref="ChatOptions.MaxOutputTokens"/> overrides it.
    /// </summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>
    /// The longest silence of the network within a request. Default 10 minutes. A stream that falls silent is noticed
    /// much earlier by the loop (<see cref="Agents.ModelRetryOptions.StallTimeout"/>).
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The HTTP client to send with, which stays yours. Its own timeout applies too. Default null: one of the SDK's.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InvalidInputException">A value is missing or out of range; its field is named.</exception>
    public void Validate()
    {
        Require(
            !string.IsNullOrWhiteSpace(ApiKey),
            nameof(ApiKey),
            "an API key is needed; any text if the server has none."
        );
        Require(!string.IsNullOrWhiteSpace(Model), nameof(Model), "name the model, for example gpt-5.2.");
        Require(
            BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" },
            nameof(BaseUrl),
            "must be an absolute http or https address."
        );
        Require(MaxOutputTokens is null or > 0, nameof(MaxOutputTokens), "must be greater than 0.");
        Require(Timeout > TimeSpan.Zero, nameof(Timeout), "must be greater than 0.");
    }

    private static void Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            throw new InvalidInputException(field, problem);
        }
    }
}
