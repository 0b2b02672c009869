namespace Assistant.Models;

/// <summary>Whose API is called.</summary>
internal enum ModelVendor
{
    /// <summary>Nobody's: rules, without a network.</summary>
    Offline,

    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,

    /// <summary>The chat completions API of OpenAI or of a compatible server.</summary>
    OpenAI,
}
