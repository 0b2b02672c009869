namespace Everturn.StatefulAgents.Hosting;

/// <summary>How a stay in memory ends.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">What callers whose turns did not end are told.</param>
internal sealed record ObjectEnding(ObjectEndingKind Kind, Exception Reason);
