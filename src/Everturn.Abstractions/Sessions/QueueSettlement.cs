namespace Everturn.Sessions;

/// <summary>A message stops waiting without becoming a run of its own.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Status">
/// <see cref="RunStatus.Joined"/> where the commit takes it into the run that it works on; else
/// <see cref="RunStatus.Interrupted"/> or <see cref="RunStatus.Failed"/>.
/// </param>
/// <param name="Reason">Why it was withdrawn.</param>
/// <param name="Error">What was wrong with it, for people.</param>
public sealed record QueueSettlement(string RunId, RunStatus Status, string? Reason = null, string? Error = null);
