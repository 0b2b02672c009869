using System.Security.Cryptography;
using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.AspNetCore.Tests;

/// <summary>
/// An executor whose runs are carried by the test: it makes the commits of a start and of an interrupt, and leaves the
/// rest to whoever holds the store. Its one agent is <c>writer</c>.
/// </summary>
internal sealed class WriterExecutor(ISessionStore store, TimeProvider time) : IAgentExecutor
{
    private static readonly string[] Agents = ["writer"];

    /// <summary>What the last start was given.</summary>
    public (AgentInput Input, ExecuteOptions Options)? Last { get; private set; }

    /// <summary>Thrown by the next calls instead of doing anything.</summary>
    public Exception? Failure { get; set; }

    public async Task<AgentHandle> ExecuteAsync(
        string agentType,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        if (Failure is not null)
        {
            throw Failure;
        }
        if (!Agents.Contains(agentType) && agentType != "other")
        {
            throw new AgentNotFoundException(agentType, Agents);
        }
        Last = (input, options!);
        var key = new SessionKey(options!.Tenant, options.SessionId!);
        var result = await store.CommitAsync(
            new()
            {
                Session = key,
                Kind = CommitKind.RunStart,
                ExpectedUserId = options.ExpectedUserId,
                At = time.GetUtcNow(),
                ExpectedStatuses = [SessionStatus.Completed, SessionStatus.Failed, SessionStatus.Interrupted],
                NewSession = new()
                {
                    AgentType = agentType,
                    Title = input.Message,
                    UserId = options.UserId,
                    Tags = options.Tags,
                    Metadata = options.Metadata,
                },
                NewRun = new()
                {
                    RunId = ServerId.New(time),
                    Trigger = RunTrigger.Execute,
                    Runtime = "in-process",
                    RequestId = options.RequestId,
                    BodyHash = options.RequestId is null
                        ? null
                        : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input.Message))),
                },
                Messages = [.. input.Messages ?? [], AgentMessage.FromUser(input.Message!)],
                State = input.State is { } state ? JsonSerializer.SerializeToUtf8Bytes(state) : null,
            },
            cancellationToken
        );
        return result.Outcome switch
        {
            SessionCommitOutcome.Applied => new WriterHandle(store, time, result.Run!, isReplay: false),
            SessionCommitOutcome.RequestReplayed => new WriterHandle(store, time, result.Run!, isReplay: true),
            SessionCommitOutcome.RequestMismatch => throw new RequestConflictException(options.RequestId!),
            SessionCommitOutcome.AgentMismatch => throw new AgentMismatchException(
                key.SessionId,
                agentType,
                result.Session!.AgentType
            ),
            SessionCommitOutcome.UserMismatch => throw new SessionNotFoundException(key.SessionId),
            SessionCommitOutcome.SessionDeleted => throw new SessionDeletedException(key.SessionId),
            _ => throw new AgentAlreadyRunningException(key.SessionId, result.Session!.CurrentRunId, "running"),
        };
    }

    public async Task<AgentHandle?> GetHandleAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        await store.GetCurrentRunAsync(key, cancellationToken) is { } run
            ? new WriterHandle(store, time, run, isReplay: false)
            : null;

    public async Task<AgentHandle?> GetHandleAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) =>
        await store.GetRunAsync(key, runId, cancellationToken) is { } run
            ? new WriterHandle(store, time, run, isReplay: false)
            : null;

    public Task<AgentHandle<TOutput>> ExecuteAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("The HTTP surface finds agents by name.");

    public Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        string sessionId,
        string tenant = "",
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("The HTTP surface finds agents by name.");

    public Task<AgentHandle<TOutput>> ResumeAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("The HTTP surface finds agents by name.");

    public Task<AgentHandle> ResumeAsync(
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<AgentHandle<TOutput>> RetryAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("The HTTP surface finds agents by name.");

    public Task<AgentHandle> RetryAsync(
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public async Task<RunRecord?> InterruptAsync(
        SessionKey key,
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    )
    {
        if (await GetHandleAsync(key, cancellationToken) is not { } handle)
        {
            return null;
        }
        await handle.InterruptAsync(reason, mode, cancellationToken);
        return await store.GetRunAsync(key, handle.RunId, cancellationToken);
    }

    public Task<RunRecord?> AbortAsync(
        SessionKey key,
        string? reason = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<ResumeCheck> CanResumeAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
