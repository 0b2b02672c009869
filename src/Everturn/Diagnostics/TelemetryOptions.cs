namespace Everturn.Diagnostics;

/// <summary>What traces tell. Set with <c>AddEverturn().ConfigureTelemetry(...)</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The environment variable by which OpenTelemetry's AI instrumentations are told to capture content.</summary>
    public const string CaptureContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>
    /// Whether spans carry messages, arguments and results. Those of sensitive tools are never among them. Default: what
    /// the environment variable <see cref="CaptureContentVariable"/> says, else false.
    /// </summary>
    public bool CaptureContent { get; set; } =
        bool.TryParse(Environment.GetEnvironmentVariable(CaptureContentVariable), out var capture) && capture;

    /// <summary>
    /// Whether each run has the trace of the request that began it, with a link to the run before. Default false: all
    /// runs of a session are in one trace, that of its first request, and later requests are linked.
    /// </summary>
    public bool TracePerRun { get; set; }
}
