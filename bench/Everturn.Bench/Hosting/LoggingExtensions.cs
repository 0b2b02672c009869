namespace Everturn.Bench.Hosting;

internal static class LoggingExtensions
{
    /// <summary>Warnings on standard error, since standard output is for results.</summary>
    public static void LogWarnings(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
