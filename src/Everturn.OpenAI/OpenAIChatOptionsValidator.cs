using Microsoft.Extensions.Options;

namespace Everturn.OpenAI;

/// <summary>Lets a host with bad options fail when it starts, naming the field.</summary>
internal sealed class OpenAIChatOptionsValidator : IValidateOptions<OpenAIChatOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIChatOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (InvalidInputException problem)
        {
            return ValidateOptionsResult.Fail($"{nameof(OpenAIChatOptions)}.{problem.Message}");
        }
    }
}
