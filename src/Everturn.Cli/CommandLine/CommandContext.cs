using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.Output;

namespace Everturn.Cli.CommandLine;

/// <summary>What every command works with.</summary>
/// <param name="parsed">The command line.</param>
internal sealed class CommandContext(ParseResult parsed) : IDisposable
{
    private EverturnClient? _client;

    /// <summary>Where output goes.</summary>
    public Terminal Terminal { get; } = new(parsed.GetValue(GlobalOptions.Json));

    /// <summary>The server.</summary>
    /// <exception cref="CommandException">The address is none.</exception>
    public EverturnClient Client =>
        _client ??= EverturnClient.Create(parsed.GetValue(GlobalOptions.Url)!, parsed.GetValue(GlobalOptions.ApiKey));

    /// <summary>The value of an option.</summary>
    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public void Dispose() => _client?.Dispose();
}
