using System.Text.Json;

namespace Everturn.Cli.Tests;

/// <summary>How a command ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Insists on the exit code, and shows everything where it is another.</summary>
    public CliResult Exits(int code)
    {
        ExitCode.ShouldBe(code, $"output:\n{Output}\nerrors:\n{Errors}");
        return this;
    }
}
