namespace Assistant.Offline;

/// <summary>One exchange of a transcript: what the user said, and what was called and answered since.</summary>
/// <param name="question">The user's words.</param>
internal sealed class OfflineTurn(string question)
{
    private readonly List<OfflineCall> _calls = [];

    public string Question { get; } = question;

    public string Answer { get; set; } = "";

    /// <summary>The calls in the order in which the model asked for them.</summary>
    public IReadOnlyList<OfflineCall> Calls => _calls;

    public void Add(OfflineCall call) => _calls.Add(call);

    public IEnumerable<OfflineCall> CallsOf(string tool) => _calls.Where(call => call.Tool == tool);
}
