using System.Text.Json;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary>JSON from the command line: as it is, from a file with <c>@name</c>, or with <c>-</c> from standard input.</summary>
internal static class JsonText
{
    /// <summary>What to say of an option of this kind.</summary>
    public const string Help = "JSON, or @file, or - for standard input.";

    /// <summary>Reads it; null where it is absent.</summary>
    /// <exception cref="CommandException">It is not JSON, or the file cannot be read.</exception>
    public static async Task<JsonElement?> ReadAsync(string option, string? value, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            return null;
        }
        var text = value switch
        {
            "-" => await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false),
            ['@', .. var file] => await ReadFileAsync(option, file, cancellationToken).ConfigureAwait(false),
            _ => value,
        };
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            var hint = value is "-" or ['@', ..] ? "" : " A text is given as '\"text\"', with both kinds of quotes.";
            throw new CommandException($"{option} is not JSON: {exception.Message}{hint}", ExitCode.Usage);
        }
    }

    private static async Task<string> ReadFileAsync(string option, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{option}: {exception.Message}", ExitCode.Usage);
        }
    }
}
