using Microsoft.Extensions.AI;

namespace Everturn.Anthropic;

/// <summary>Which Anthropic model is called, and how.</summary>
public sealed class AnthropicChatOptions
{
    /// <summary>The API key. Required; the environment is not read.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The model, for example <c>claude-sonnet-5-5</c>. Required; <see cref="ChatOptions.ModelId"/> overrides it.</summary>
    public string Model { get; set; } = "";

    /// <summary>Where requests go, without <c>/v1</c>. Default <c>https://api.anthropic.com</c>.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.anthropic.com");

    /// <summary>
    /// The most tokens of a reply, which this API wants to be told. Default 8,192; <see cref="ChatOptions.MaxOutputTokens"/>
    /// overrides it.
    /// </summary>
    public int MaxOutputTokens { get; set; } = 8192;

    /// <summary>
    /// How <see cref="ChatOptions.Reasoning"/> is sent. Default <see cref="AnthropicThinkingMode.Adaptive"/>, which current
    /// models take; older ones need <see cref="AnthropicThinkingMode.Extended"/>.
    /// </summary>
    public AnthropicThinkingMode ThinkingMode { get; set; } = AnthropicThinkingMode.Adaptive;

    /// <summary>
    /// The longest time of one request with the whole of its reply. Default 10 minutes. A stream that falls silent is
    /// noticed much earlier by the loop (<see cref="Agents.ModelRetryOptions.StallTimeout"/>).
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The HTTP client to send with, which stays yours. Its own timeout applies too. Default null: one of the SDK's.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InvalidInputException">A value is missing or out of range; its field is named.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(ApiKey), nameof(ApiKey), "an Anthropic API key is needed.");
        Require(!string.IsNullOrWhiteSpace(Model), nameof(Model), "name the model, for example claude-sonnet-5-5.");
        Require(
            BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" },
            nameof(BaseUrl),
            "must be an absolute http or https address."
        );
        Require(MaxOutputTokens > 0, nameof(MaxOutputTokens), "must be greater than 0.");
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
