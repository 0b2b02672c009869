namespace Everturn.Streaming;

/// <summary>Status and range of a stream.</summary>
/// <param name="Status">Whether more is expected.</param>
/// <param name="FirstSequence">The oldest number still stored, from 1.</param>
/// <param name="LastSequence">The newest number; 0 for none.</param>
public sealed record StreamInfo(StreamStatus Status, long FirstSequence, long LastSequence);
