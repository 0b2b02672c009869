namespace Everturn.Testing.Sessions.Walk;

/// <summary>One step of a random walk. The two numbers choose its details, given what is there when it is taken.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Session">Which of the walk's sessions, from 0.</param>
/// <param name="A">A random number below 1,000.</param>
/// <param name="B">Another one.</param>
internal sealed record WalkStep(WalkAction Action, int Session, int A, int B);
