using System.Net;
using Everturn.Sessions;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>One scenario on one session, and what must hold when it is over, whatever happened meanwhile.</summary>
internal sealed class Conversation(CrashHarness harness, Scenario scenario, string sessionId)
{
    private readonly SessionReader _reader = new(sessionId);

    /// <summary>Says every message and reads every answer to its end.</summary>
    public async Task HaveAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < scenario.Messages.Count; turn++)
        {
            await StartAsync(scenario.Messages[turn], $"{sessionId}/{turn}", cancellationToken);
            await harness.SurviveAsync((process, ct) => _reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        }
    }

    /// <summary>Checks what is left of it.</summary>
    /// <param name="finished">What was finished when the process died.</param>
    /// <param name="lives">How many processes there were.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task VerifyAsync(FinishedCalls finished, int lives, CancellationToken cancellationToken)
    {
        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(sessionId, ct),
            cancellationToken
        );
        var effects = finished.Now(sessionId);
        var calls = session.Messages.SelectMany(message => message.ToolCalls ?? []).Count(call => call.Name == "note");
        new InvariantChecker()
            .Session(session)
            .Completed(session, scenario.Messages.Count)
            .Reader(session, _reader)
            .Effects(finished.Of(sessionId), effects, calls)
            .Add(
                effects
                    .Where(effect => effect.Value > lives)
                    .Select(effect => $"{effect.Key} ran {effect.Value} times in {lives} lives.")
            )
            .Add(
                session.Messages.Count(message => message.Role == MessageRole.User) == scenario.Messages.Count
                    ? []
                    : ["A user message is missing or doubled."]
            )
            .Verify();
    }

    private async Task StartAsync(string message, string requestId, CancellationToken cancellationToken)
    {
        using var response = await harness.SurviveAsync(
            (process, ct) => process.Client.StartSessionAsync(scenario.Agent, sessionId, message, requestId, ct),
            cancellationToken
        );
        response.StatusCode.ShouldBe(
            HttpStatusCode.OK,
            await response.Content.ReadAsStringAsync(CancellationToken.None)
        );
    }
}
