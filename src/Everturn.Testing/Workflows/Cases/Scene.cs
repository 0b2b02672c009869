using System.Text;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>The usual values of a case, and short forms of the verbs.</summary>
internal sealed class Scene(WorkflowStoreFixture fixture)
{
    public const string Workflow = "flow";

    /// <summary>Where the clock of a case begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IWorkflowStore Store => fixture.Store;

    public static InstanceKey Key(string id = "i-1") => new(Workflow, id);

    public static Payload Json(string json) => new(0, 1, Encoding.UTF8.GetBytes(json));

    public static string Text(Payload? payload) =>
        payload is { } value ? Encoding.UTF8.GetString(value.Data.Span) : "-";

    public static JournalRecord Done(string name, long order, string value = "1") =>
        new(new JournalKey(JournalKind.Do, name, 1))
        {
            Outcome = JournalOutcome.Value,
            Attempt = 1,
            CompletionOrder = order,
            Value = Json(value),
            StartedAt = Start,
            EndedAt = Start.AddSeconds(1),
        };

    public async Task<InstanceRecord> CreateAsync(string id = "i-1", NodeIdentity? owner = null, string? token = null)
    {
        var created = await Store
            .CreateAsync(new NewInstance(Key(id), Json("{}"), Start) { Owner = owner, CreationToken = token })
            .ConfigureAwait(false);
        return created.Record;
    }

    public async Task<InstanceRecord> CreateOwnedAsync(string id = "i-1") =>
        await CreateAsync(id, await fixture.AddNodeAsync().ConfigureAwait(false)).ConfigureAwait(false);

    public async Task<IReadOnlyList<InstanceRecord>> ClaimAsync(
        NodeIdentity node,
        DateTimeOffset? now = null,
        int limit = 10
    ) =>
        await Store
            .ClaimAsync(new ClaimRequest(node, [new ClaimableWorkflow(Workflow)], now ?? Start, limit))
            .ConfigureAwait(false);

    public async Task<InstanceHistory> ReadAsync(string id = "i-1") =>
        Expect.NotNull(await Store.ReadAsync(Key(id)).ConfigureAwait(false));

    public async Task<long> SendAsync(string type, string payload = "1", string id = "i-1") =>
        await Store.AppendEventAsync(new NewEvent(Key(id), type, Json(payload), Start)).ConfigureAwait(false);

    public async Task WaitAsync(InstanceRecord owned, DateTimeOffset? wakeAt, long seenEvents = 0) =>
        await Store
            .CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Waiting,
                    Release = true,
                    WakeAt = wakeAt,
                    SeenEvents = seenEvents,
                }
            )
            .ConfigureAwait(false);

    public async Task EndAsync(InstanceRecord owned) =>
        await Store
            .CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Complete,
                    Result = Json("\"out\""),
                    EndedAt = Start.AddSeconds(2),
                }
            )
            .ConfigureAwait(false);

    public async Task LostAsync(InstanceCommit commit) =>
        await Expect.ThrowsAsync<OwnershipLostException>(() => Store.CommitAsync(commit)).ConfigureAwait(false);
}
