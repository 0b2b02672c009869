namespace Assistant.Models;

/// <summary>Which model answers, as the environment says; the offline one if it says nothing.</summary>
/// <param name="Vendor">Whose API is called.</param>
/// <param name="Model">The model's name.</param>
/// <param name="ApiKey">The key; null for the offline model.</param>
/// <param name="BaseUrl">Where the API is; null for the vendor's own address.</param>
internal sealed record ModelChoice(ModelVendor Vendor, string Model, string? ApiKey, Uri? BaseUrl)
{
    public const string AnthropicKey = "ANTHROPIC_API_KEY";
    public const string AnthropicModel = "ANTHROPIC_MODEL";
    public const string AnthropicBaseUrl = "ANTHROPIC_BASE_URL";
    public const string OpenAIKey = "OPENAI_API_KEY";
    public const string OpenAIModel = "OPENAI_MODEL";
    public const string OpenAIBaseUrl = "OPENAI_BASE_URL";

    public static readonly ModelChoice Offline = new(ModelVendor.Offline, "offline", ApiKey: null, BaseUrl: null);

    /// <summary>With both keys, Anthropic's goes first.</summary>
    public static ModelChoice From(IConfiguration configuration) =>
        Of(configuration, ModelVendor.Anthropic, AnthropicKey, AnthropicModel, AnthropicBaseUrl, "claude-sonnet-5-5")
        ?? Of(configuration, ModelVendor.OpenAI, OpenAIKey, OpenAIModel, OpenAIBaseUrl, "gpt-5.2")
        ?? Offline;

    /// <summary>The model in words for the log. The key is no part of it.</summary>
    public override string ToString() =>
        Vendor == ModelVendor.Offline
            ? $"the offline model; set {AnthropicKey} or {OpenAIKey} for a real one"
            : $"{Model} of {Vendor} at {BaseUrl?.ToString() ?? "its own address"}";

    private static ModelChoice? Of(
        IConfiguration configuration,
        ModelVendor vendor,
        string key,
        string model,
        string baseUrl,
        string defaultModel
    ) =>
        configuration[key] is { Length: > 0 } apiKey
            ? new(
                vendor,
                configuration[model] is { Length: > 0 } name ? name : defaultModel,
                apiKey,
                configuration[baseUrl] is { Length: > 0 } address ? Address(baseUrl, address) : null
            )
            : null;

    private static Uri Address(string key, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException($"{key} is an http or https address, not '{text}'.");
}
