using System.Net;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Chat;

/// <summary>The turns of a chat: each sends a message and prints what comes back until the run ended.</summary>
/// <param name="context">The command.</param>
/// <param name="agent">The agent.</param>
/// <param name="sessionId">The session.</param>
internal sealed class ChatTurn(CommandContext context, string agent, string sessionId)
{
    private long _position;
    private int _interrupts;

    /// <summary>Finds out where the session's stream stands, so that only what is new is printed.</summary>
    public async Task FindPositionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await context
                .Client.GetAsync(EverturnClient.SessionPath(sessionId), cancellationToken)
                .ConfigureAwait(false);
            _position = session.GetProperty("lastSequence").GetInt64();
        }
        catch (ServerProblemException problem) when (problem.Status == HttpStatusCode.NotFound)
        {
            // A new session.
        }
    }

    /// <summary>Takes one turn.</summary>
    /// <returns>The exit code that goes with how it ended.</returns>
    public async Task<int> TakeAsync(string message, CancellationToken cancellationToken)
    {
        await StartAsync(message, cancellationToken).ConfigureAwait(false);
        _interrupts = 0;
        SignalToken.OnFirst(InterruptOnce);
        try
        {
            return await PrintAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            SignalToken.OnFirst(null);
        }
    }

    // With a request id, so that a start whose answer was lost can be sent again without a second run.
    private async Task StartAsync(string message, CancellationToken cancellationToken)
    {
        var start = new StartBody(agent, sessionId, new(message), ServerId.New(TimeProvider.System));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await context
                    .Client.PostAsync(
                        EverturnClient.SessionPath(sessionId) + "/start",
                        start,
                        ClientJson.Default.StartBody,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (attempt < 3 && EverturnClient.IsDisconnect(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), TimeProvider.System, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task<int> PrintAsync(CancellationToken cancellationToken)
    {
        var stream = EventStream.OfSession(context.Client, sessionId);
        var printer = new ChunkPrinter(context.Terminal);
        await foreach (var item in stream.ReadAsync(_position, cancellationToken).ConfigureAwait(false))
        {
            _position = stream.Cursor;
            if (item.Broken is not null)
            {
                await printer.NoteAsync("The connection broke; connecting again.").ConfigureAwait(false);
            }
            else if (context.Terminal.Json)
            {
                await Terminal.WriteLineAsync((item.Event ?? item.End!.Value).GetRawText()).ConfigureAwait(false);
            }
            else if (item.Event is { } chunk)
            {
                await printer.PrintAsync(chunk.GetProperty("chunk")).ConfigureAwait(false);
            }
            if (item.End is { } end)
            {
                return await EndAsync(printer, end.Deserialize(ClientJson.Default.EndBody)!).ConfigureAwait(false);
            }
        }
        return ExitCode.Failed;
    }

    private async Task<int> EndAsync(ChunkPrinter printer, EndBody end)
    {
        if (!context.Terminal.Json)
        {
            await printer.EndLineAsync().ConfigureAwait(false);
        }
        switch (end.Status)
        {
            case "completed":
                return ExitCode.Success;
            case "interrupted":
                await printer.NoteAsync($"Interrupted{Because(end.Reason)}.").ConfigureAwait(false);
                return ExitCode.Interrupted;
            case "paused":
                await printer.NoteAsync("The run waits for somebody outside.").ConfigureAwait(false);
                return ExitCode.Success;
            default:
                await context
                    .Terminal.ErrorAsync($"The run {end.Status}{Because(end.Error ?? end.Reason)}.")
                    .ConfigureAwait(false);
                return ExitCode.Failed;
        }
    }

    private static string Because(string? why) => why is null ? "" : $": {why}";

    // The first Ctrl-C asks the run to stop, and its end is awaited; the next one ends the program.
    private bool InterruptOnce()
    {
        if (Interlocked.Increment(ref _interrupts) > 1)
        {
            return false;
        }
        _ = InterruptAsync();
        return true;
    }

    private async Task InterruptAsync()
    {
        try
        {
            await context
                .Client.PostAsync(
                    EverturnClient.SessionPath(sessionId) + "/interrupt",
                    new() { Reason = "interrupted by the user" },
                    ClientJson.Default.InterruptBody,
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EverturnException || EverturnClient.IsDisconnect(exception))
        {
            await context.Terminal.ErrorAsync($"It cannot be interrupted: {exception.Message}").ConfigureAwait(false);
        }
    }
}
