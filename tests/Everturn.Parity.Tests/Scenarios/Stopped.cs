using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios;

/// <summary>Sessions whose run has stopped, one way or another.</summary>
internal static class Stopped
{
    public static readonly SessionKey Key = new(ParityScene.SessionId);

    /// <summary>The time of commits that a scenario makes by itself.</summary>
    public static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A run that was interrupted in the middle of its answer, "half".</summary>
    public static async Task<AgentHandle<string>> MidAnswerAsync(this ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate));
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await run.InterruptAsync("enough", cancellationToken: scene.Token);
        (await scene.EndAsync(run)).Status.ShouldBe(RunStatus.Interrupted);
        return run;
    }

    /// <summary>A run whose first step noted "a" and whose second model call fails.</summary>
    public static async Task<AgentHandle<string>> FailedAfterStepAsync(this ParityScene scene, AgentInput input)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.Text("no").ThenFail(new HttpRequestException("broken"))
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, input);
        var result = await scene.EndAsync(run);
        (result.Status, result.Reason).ShouldBe((RunStatus.Failed, RunReason.ModelFailed));
        return run;
    }

    /// <summary>A run that ended with two calls of its step open: one has its outcome, the other has not.</summary>
    public static async Task WithOpenCallsAsync(
        this ParityScene scene,
        RunStatus status,
        params IReadOnlyList<PendingCallRecord> waiting
    )
    {
        const string RunId = "by-hand";
        var commit = new SessionCommit
        {
            Session = Key,
            Kind = CommitKind.RunStart,
            At = At,
        };
        var call = new ToolCallRecord
        {
            RunId = RunId,
            Step = 1,
            Index = 0,
            ToolCallId = "call-1",
            ToolName = "note",
            Arguments = """{"text":"one"}"""u8.ToArray(),
            IdempotencyKey = "key-1",
            Effect = "idempotent",
            Status = ToolCallStatus.Succeeded,
            Attempt = 1,
            Result = "3"u8.ToArray(),
            StagedChange = """[{"op":"add","path":"/items/-","value":"one"}]"""u8.ToArray(),
            CreatedAt = At,
            EndedAt = At,
        };
        SessionCommit[] commits =
        [
            commit with
            {
                NewSession = new() { AgentType = ParityAgents.Noter.Name },
                NewRun = new()
                {
                    RunId = RunId,
                    Trigger = RunTrigger.Execute,
                    Runtime = "by-hand",
                },
                Messages = [AgentMessage.FromUser("go")],
                State = """{"items":[]}"""u8.ToArray(),
            },
            commit with
            {
                RunId = RunId,
                Messages =
                [
                    new()
                    {
                        Role = MessageRole.Assistant,
                        ToolCalls =
                        [
                            new("call-1", "note", Json("""{"text":"one"}""")),
                            new("call-2", "note", Json("""{"text":"two"}""")),
                        ],
                    },
                ],
                ToolCalls =
                [
                    call,
                    call with
                    {
                        Index = 1,
                        ToolCallId = "call-2",
                        Arguments = """{"text":"two"}"""u8.ToArray(),
                        IdempotencyKey = "key-2",
                        Status = ToolCallStatus.Pending,
                        Result = default,
                        StagedChange = default,
                        EndedAt = null,
                    },
                ],
            },
            commit with
            {
                RunId = RunId,
                RunChange = new() { Status = status, Reason = RunReason.HostLost },
                Suspension = status.IsSuspended
                    ? new()
                    {
                        RunId = RunId,
                        Kind = status,
                        Step = 1,
                        ToolCallIds = ["call-2"],
                    }
                    : null,
                PendingCalls = waiting,
            },
        ];
        foreach (var each in commits)
        {
            (await scene.Store.CommitAsync(each, scene.Token)).IsApplied.ShouldBeTrue();
        }
    }

    /// <summary>The open call of a suspended run, unanswered.</summary>
    public static PendingCallRecord Approval { get; } =
        new()
        {
            ApprovalId = "approval-1",
            RunId = "by-hand",
            ToolCallId = "call-2",
            ToolName = "note",
            Kind = "approval",
            ArgumentsHash = "hash",
            RequestedAt = At,
        };

    public static async Task<IReadOnlyList<string>> NotesAsync(this ParityScene scene)
    {
        var state = (await scene.Store.GetSnapshotAsync(Key, 0, scene.Token))!.State;
        return state.IsEmpty ? [] : Notes.Key.Read(Json(state)).Items;
    }

    /// <summary>What is no part of the transcript any more.</summary>
    public static async Task<IReadOnlyList<string?>> VoidedAsync(this ParityScene scene) =>
        [
            .. (await scene.Store.ListVoidedMessagesAsync(Key, new(1_000), scene.Token)).Items.Select(message =>
                message.Message.Content
            ),
        ];

    /// <summary>What the model was asked with, from a message on.</summary>
    public static IReadOnlyList<string> LastAsked(this ParityScene scene) =>
        [.. scene.Model.Calls[^1].Messages.Select(message => message.Text)];

    /// <summary>Expects a resume or retry to be refused, with nothing changed.</summary>
    public static async Task ShouldRefuseAsync(this ParityScene scene, string reason, Func<Task> action)
    {
        var before = await scene.Store.GetSessionAsync(Key, scene.Token);

        var refused = await Should.ThrowAsync<CannotResumeException>(action);

        refused.Reason.ShouldBe(reason);
        refused.SessionId.ShouldBe(ParityScene.SessionId);
        (await scene.Store.GetSessionAsync(Key, scene.Token))!.Version.ShouldBe(before!.Version);
    }

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    private static JsonElement Json(ReadOnlyMemory<byte> json) => JsonElement.Parse(json.Span);

    /// <summary>Answers the call of <see cref="Approval"/> as a client does.</summary>
    public static async Task AnswerByHandAsync(this ParityScene scene)
    {
        var calls = await scene.Store.GetToolCallsAsync(Key, "by-hand", scene.Token);
        var answered = await scene.Store.CommitAsync(
            new()
            {
                Session = Key,
                Kind = CommitKind.SessionUpdate,
                At = At,
                PendingCalls = [Approval with { Status = PendingCallStatus.Answered, DecidedAt = At }],
                ToolCalls =
                [
                    calls[1] with
                    {
                        Status = ToolCallStatus.Succeeded,
                        Result = "\"two\""u8.ToArray(),
                        EndedAt = At,
                    },
                ],
            },
            scene.Token
        );
        answered.IsApplied.ShouldBeTrue();
    }
}
