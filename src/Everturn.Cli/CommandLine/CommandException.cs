namespace Everturn.Cli.CommandLine;

/// <summary>A command that cannot be carried out, in words for whoever typed it.</summary>
/// <param name="message">What is wrong, and where possible what to do.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class CommandException(string message, int exitCode) : EverturnException(message)
{
    public int ExitCode { get; } = exitCode;
}
