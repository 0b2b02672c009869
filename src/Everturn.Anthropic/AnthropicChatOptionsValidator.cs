using Microsoft.Extensions.Options;

namespace Everturn.Anthropic;

/// <summary>Lets a host with bad options fail when it starts, naming the field.</summary>
internal sealed class AnthropicChatOptionsValidator : IValidateOptions<AnthropicChatOptions>
{
    public ValidateOptionsResult Validate(string? name, AnthropicChatOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (InvalidInputException problem)
        {
            return ValidateOptionsResult.Fail($"{nameof(AnthropicChatOptions)}.{problem.Message}");
        }
    }
}
