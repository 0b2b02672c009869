using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class BadAnswers : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "an answer that is forged, of another session, or of the wrong kind changes nothing";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob").ThenZone());
        scene.Model.Enqueue("hello");
        var other = await scene.Host.Executor.ExecuteAsync(
            _desk.Agent,
            "go",
            new() { SessionId = "other" },
            scene.Token
        );
        await scene.EndAsync(other);
        var asked = await scene.PendingAsync("mail");
        var before = await scene.Store.GetSessionAsync(Stopped.Key, scene.Token);

        await Should.ThrowAsync<PendingCallNotFoundException>(() => scene.AnswerAsync("forged", ToolAnswer.Approve()));
        await Should.ThrowAsync<PendingCallNotFoundException>(() =>
            scene.Host.Approvals.SubmitAsync(new("other"), asked.ApprovalId, ToolAnswer.Approve(), null, scene.Token)
        );
        await Should.ThrowAsync<SessionNotFoundException>(() =>
            scene.Host.Approvals.SubmitAsync(new("none"), asked.ApprovalId, ToolAnswer.Approve(), null, scene.Token)
        );
        await RefuseAsync("kind", "mail", ToolAnswer.OfResult(Desk.Json("1")));
        await RefuseAsync("kind", "mail", ToolAnswer.TryAgain());
        await RefuseAsync("kind", "zone", ToolAnswer.Approve());
        await RefuseAsync("kind", "mail", new() { Kind = new("perhaps") });
        await RefuseAsync("result", "zone", new() { Kind = ToolAnswerKind.ClientToolResult });
        await RefuseAsync("result", "zone", ToolAnswer.OfResult(Desk.Json("\"" + new string('x', 1024 * 1024) + "\"")));
        await RefuseAsync("error", "zone", ToolAnswer.OfError(new string('x', 8 * 1024 + 1)));
        await RefuseAsync("reason", "mail", ToolAnswer.Deny(new string('x', 8 * 1024 + 1)));
        await RefuseAsync("arguments", "mail", ToolAnswer.Approve(Desk.Json("[]")));
        await RefuseAsync("grantUntil", "mail", ToolAnswer.Approve(grantUntil: DateTimeOffset.UnixEpoch));
        await RefuseAsync("callId", new string('x', 257), ToolAnswer.Approve());

        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.Version.ShouldBe(before!.Version);

        async Task RefuseAsync(string field, string callId, ToolAnswer answer) =>
            (await Should.ThrowAsync<InvalidInputException>(() => scene.AnswerAsync(callId, answer))).Field.ShouldBe(
                field
            );
    }
}
