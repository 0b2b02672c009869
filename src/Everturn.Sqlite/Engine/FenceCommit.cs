using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>Declares nodes dead, each only if it has not moved on since it was looked at.</summary>
/// <param name="suspects">The nodes, under the epoch they were seen with.</param>
/// <param name="now">Unix milliseconds.</param>
/// <param name="forgetBefore">Rows of nodes that died before this moment go.</param>
internal sealed class FenceCommit(IReadOnlyList<NodeIdentity> suspects, long now, long forgetBefore)
    : CommitItem<IReadOnlyList<NodeIdentity>>(CommitKind.Node)
{
    protected override IReadOnlyList<NodeIdentity> Apply(SqliteConnection connection)
    {
        using (var forget = connection.Use(NodeSql.DeleteOld))
            forget.Bind(1, forgetBefore).Run();
        using var fence = connection.Use(NodeSql.Fence);
        List<NodeIdentity> dead = [];
        foreach (var suspect in suspects)
        {
            if (fence.Bind(1, suspect.NodeId).Bind(2, suspect.Epoch).Bind(3, now).RunAndReset() == 1)
                dead.Add(suspect);
        }
        return dead;
    }
}
