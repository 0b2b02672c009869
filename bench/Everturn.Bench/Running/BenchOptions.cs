using System.Globalization;

namespace Everturn.Bench.Running;

/// <summary>What the command line says.</summary>
/// <param name="Json">Whether the last line is a JSON object.</param>
/// <param name="Directory">Where the data goes; null for the build's artifacts.</param>
/// <param name="Scale">Factor on counts and durations.</param>
internal sealed record BenchOptions(bool Json, string? Directory, double Scale)
{
    /// <summary>The same as arguments, for the process of one benchmark.</summary>
    public IReadOnlyList<string> Arguments(string name) =>
        [
            name,
            "--json",
            .. Directory is null ? [] : (string[])["--directory", Directory],
            .. Scale == 1 ? [] : (string[])["--scale", Scale.ToString(CultureInfo.InvariantCulture)],
        ];
}
