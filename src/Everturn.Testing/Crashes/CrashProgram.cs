namespace Everturn.Testing.Crashes;

/// <summary>
/// The program under test: an ASP.NET Core application that maps Everturn and keeps its data in the directory which the
/// environment variable <see cref="DataDirectoryVariable"/> names.
/// </summary>
/// <param name="FileName">What is started.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record CrashProgram(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables besides those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The environment variable that gets the data directory. Default <c>Everturn__DataDirectory</c>, which an
    /// application reads as the setting <c>Everturn:DataDirectory</c>.
    /// </summary>
    public string DataDirectoryVariable { get; init; } = "Everturn__DataDirectory";

    /// <summary>How long it may take until it listens. Default 60 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one step of a test may take, restarts included. Default 60 seconds.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An application that was built but not published, started with <c>dotnet</c>.</summary>
    /// <param name="path">Its assembly, a <c>.dll</c>.</param>
    public static CrashProgram FromAssembly(string path) => new("dotnet", path);
}
