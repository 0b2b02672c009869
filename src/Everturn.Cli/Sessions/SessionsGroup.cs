using System.CommandLine;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions</c>.</summary>
internal static class SessionsGroup
{
    /// <summary>The session that a command is about.</summary>
    public static Argument<string> SessionId { get; } =
        new("session") { Description = "The session's id.", HelpName = "session" };

    public static Command Create() =>
        new("sessions", "List, show, follow, interrupt and delete sessions.")
        {
            ListSessions.Create(),
            ShowSession.Create(),
            TailSession.Create(),
            InterruptSession.Create(),
            DeleteSessions.Create(),
        };
}
