using System.Text.Json;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Walk;

/// <summary>What may happen to the session.</summary>
internal sealed partial class SessionWalk
{
    private static readonly DoubleTexting[] Policies =
    [
        DoubleTexting.Reject,
        DoubleTexting.Enqueue,
        DoubleTexting.Interrupt,
        DoubleTexting.Rollback,
        DoubleTexting.Steer,
    ];

    private readonly List<string> _accepted = [];
    private readonly HashSet<string> _withdrawn = [];
    private readonly Dictionary<string, string> _texts = [];
    private int _texted;

    private async Task DoAsync(WalkStep step)
    {
        try
        {
            await (
                step.Action switch
                {
                    WalkAction.Send => SendAsync(step),
                    WalkAction.Answer => AnswerAsync(step),
                    WalkAction.Expire => ExpireAsync(),
                    WalkAction.Interrupt => _host.Executor.InterruptAsync(Key, cancellationToken: Token),
                    WalkAction.InterruptAtCheckpoint => _host.Executor.InterruptAsync(
                        Key,
                        mode: InterruptMode.AtCheckpoint,
                        cancellationToken: Token
                    ),
                    WalkAction.Abort => _host.Executor.AbortAsync(Key, cancellationToken: Token),
                    WalkAction.Withdraw => WithdrawAsync(step),
                    WalkAction.Crash => CrashAsync(),
                    WalkAction.Restart => RestartAsync(),
                    WalkAction.Resume => ResumeAsync(step),
                    WalkAction.Retry => RetryAsync(step),
                    WalkAction.Branch => BranchAsync(step),
                    _ => GoAsync(step),
                }
            );
        }
        catch (Exception exception)
            when (exception
                    is AgentAlreadyRunningException
                        or CannotResumeException
                        or SessionNotFoundException
                        or CheckpointNotFoundException
                        or AnswerConflictException
            )
        {
            // Refused, which changes nothing.
        }
    }

    private Task GoAsync(WalkStep step)
    {
        _life.Holds.Release(step);
        return Task.CompletedTask;
    }

    private async Task SendAsync(WalkStep step)
    {
        var text = NewText();
        var options = new ExecuteOptions
        {
            SessionId = Key.SessionId,
            DoubleTexting = step.Of(Policies),
            RequestId = text,
        };
        var run = await _host.Executor.ExecuteAsync("walker", text, options, Token);
        Accepted(text, run);
        if (step.Choice % 3 == 0)
        {
            // Said twice is said once.
            var again = await _host.Executor.ExecuteAsync("walker", text, options, Token);
            again.RunId.ShouldBe(run.RunId);
        }

        var session = await _host.Store.GetSessionAsync(Key, Token);
        _followers.Add(new(run, step.Choice % (session!.LastSequence + 1), _life.Over));
    }

    private async Task AnswerAsync(WalkStep step)
    {
        var waiting = (await _host.Store.ListPendingCallsAsync(new(), Token)).Items;
        if (waiting.Count == 0)
        {
            return;
        }

        var call = step.Of(waiting);
        var answer = new WalkStep(step.Action, step.Choice / 7).Of(AnswersTo(call));
        if (answer.Kind == ToolAnswerKind.TryAgain)
        {
            _tools.TryAgain(call.ToolCallId);
        }

        await _host.Approvals.AnswerAsync(call.ApprovalId, answer, new() { Resume = step.Choice % 4 == 0 }, "", Token);
    }

    private static IReadOnlyList<ToolAnswer> AnswersTo(PendingCallRecord call) =>
        call.Kind switch
        {
            PendingCallKind.Client =>
            [
                ToolAnswer.OfResult(JsonElement.Parse("""{"zone":"CET"}""")),
                ToolAnswer.OfError("it does not say"),
            ],
            PendingCallKind.Effect => [ToolAnswer.Happened(), ToolAnswer.DidNotHappen(), ToolAnswer.TryAgain()],
            _ =>
            [
                ToolAnswer.Approve(),
                ToolAnswer.Deny("no"),
                ToolAnswer.Approve(JsonElement.Parse("""{"to":"somebody else"}""")),
            ],
        };

    private Task ExpireAsync()
    {
        _time.Advance(WalkTools.Limit);
        return Task.CompletedTask;
    }

    private async Task WithdrawAsync(WalkStep step)
    {
        if (await _host.Store.GetQueueAsync(Key, Token) is { Count: > 0 } queue)
        {
            var queued = step.Of(queue);
            // It may begin in this very moment: then it is only stopped.
            _withdrawn.Add(_texts[queued.RunId]);
            var run = await _host.Executor.GetHandleAsync(Key, queued.RunId, Token);
            await run!.InterruptAsync(cancellationToken: Token);
        }
    }

    private async Task CrashAsync()
    {
        await EndHostAsync(() => _host.KillAsync());
        await StartHostAsync();
    }

    private async Task RestartAsync()
    {
        _life.Holds.Open();
        await TickAsync(_host.StopAsync(Token));
        await EndHostAsync(async () => await _host.DisposeAsync());
        await StartHostAsync();
    }

    private async Task ResumeAsync(WalkStep step)
    {
        var mode = step.Of([
            ResumeMode.Continue,
            ResumeMode.Continue,
            ResumeMode.WithMessage,
            ResumeMode.FromCheckpoint,
        ]);
        var text = mode == ResumeMode.WithMessage ? NewText() : null;
        Accepted(text, await _host.Executor.ResumeAsync(Key, new() { Mode = mode, Message = text }, Token));
    }

    private async Task RetryAsync(WalkStep step)
    {
        var text = step.Choice % 3 == 0 ? NewText() : null;
        var mode = step.Of([RetryMode.FromCheckpoint, RetryMode.FromStart]);
        Accepted(text, await _host.Executor.RetryAsync(Key, new() { Mode = mode, Message = text }, Token));
    }

    private async Task BranchAsync(WalkStep step)
    {
        var checkpoints = await _host.Store.ListCheckpointsAsync(Key, new(), Token);
        if (checkpoints.Items.Where(checkpoint => !checkpoint.IsVoided).ToList() is { Count: > 0 } there)
        {
            var text = step.Choice % 2 == 0 ? NewText() : null;
            var options = new ResumeOptions
            {
                Mode = ResumeMode.Branch,
                CheckpointId = step.Of(there).CheckpointId,
                Message = text,
            };
            Accepted(text, await _host.Executor.ResumeAsync(Key, options, Token));
        }
    }

    private string NewText() => $"m{++_texted}";

    private void Accepted(string? text, AgentHandle run)
    {
        if (text is not null)
        {
            _accepted.Add(text);
            _texts[run.RunId] = text;
        }
    }
}
