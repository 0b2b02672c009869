using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What the steps of one instance need from outside, over the host's store and engine.</summary>
internal sealed class StepHost(InstanceHost host, InstanceRecord record) : IStepHost
{
    private const int IdPrefixLength = 60;

    public IStepOverrides? Overrides { get; } = host.OverridesOf(record.Key);

    public async Task<string> StartChildAsync(
        JournalKey step,
        string workflow,
        ReadOnlyMemory<byte> parameters,
        ChildOptions options,
        CancellationToken cancellationToken
    )
    {
        var origin = IdentityOf(step);
        var id = options.Id ?? $"{record.Key.Id[..Math.Min(record.Key.Id.Length, IdPrefixLength)]}-{origin[..16]}";
        try
        {
            if (options.Id is not null)
            {
                WorkflowIdentifiers.CheckUserInstanceId(id);
            }

            await host.CreateChildAsync(
                    new CreateInstance(new InstanceKey(record.Key.Tenant, workflow, id))
                    {
                        ParamsJson = parameters,
                        CreationToken = origin,
                        Retention = options.Retention,
                    },
                    new InstanceOrigin
                    {
                        Parent = record.Key,
                        ParentEvent = ChildNotice.EventType(id),
                        Retention = options.Retention,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return id;
        }
        catch (Exception exception)
            when (exception is InstanceAlreadyExistsException or WorkflowNotFoundException or InvalidInputException)
        {
            throw new NonRetryableException(exception.Message, exception.GetType().Name);
        }
    }

    public PendingCallRecord NewCall(JournalKey step, CallRequest request, DateTimeOffset at) =>
        InstanceCall.New(record, step, request, at);

    public async Task<Payload?> SettleCallAsync(string approvalId, bool isDue)
    {
        var call = await FindCallAsync(approvalId).ConfigureAwait(false);
        if (isDue && call?.Status == PendingCallStatus.Pending)
        {
            var expired = AnswerRules.Expire(call, host.Time.GetUtcMilliseconds());
            await host.Store.DecideCallAsync(expired, InstanceCall.EventOf(expired, null)).ConfigureAwait(false);
            call = await FindCallAsync(approvalId).ConfigureAwait(false);
        }

        if (call is null || call.Status == PendingCallStatus.Pending || call.Status == PendingCallStatus.Withdrawn)
        {
            return null;
        }

        if (host.TryGetActive(record.Key, out var execution))
        {
            await host.OfferAsync(execution).ConfigureAwait(false);
        }

        return InstanceCall.EventOf(call, call.Response is { } response ? StoredAnswer.Read(response) : null).Payload;
    }

    private ValueTask<PendingCallRecord?> FindCallAsync(string approvalId) =>
        host.Store.FindCallAsync(record.Key.Tenant, approvalId);

    public async Task<ChildNotice?> FindEndAsync(string workflow, string childId)
    {
        var key = new InstanceKey(record.Key.Tenant, workflow, childId);
        var child = await host.Store.FindAsync(key).ConfigureAwait(false);
        return child switch
        {
            null => ChildNotice.Deleted,
            { Status.IsTerminal: true } => ChildNotice.Of(
                child.Status,
                child.Result is { } result ? WorkflowPayloads.Decode(result) : default,
                child.Error
            ),
            _ => null,
        };
    }

    public ValueTask StoreChunksAsync(JournalKey step, IReadOnlyList<StepChunk> chunks) =>
        host.Store.CommitAsync(
            new InstanceCommit(record.Key, record.Fence)
            {
                Chunks = chunks,
                DropChunks = chunks[0].Index == 0 ? [step] : [],
                IsProgress = false,
            }
        );

    public async ValueTask<ReadOnlyMemory<byte>?> ReadChunkAsync(
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken
    ) =>
        await host.Store.ReadChunkAsync(record.Key, step, attempt, index, cancellationToken).ConfigureAwait(false)
            is { } chunk
            ? WorkflowPayloads.Decode(chunk)
            : null;

    /// <summary>The same in each execution of this life of the instance, another after a restart.</summary>
    private string IdentityOf(JournalKey step) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        record.Key.Tenant,
                        record.Key.Workflow,
                        record.Key.Id,
                        step.Name,
                        step.Ordinal.ToString(CultureInfo.InvariantCulture),
                        record.StartedAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
                    )
                )
            )
        );
}
