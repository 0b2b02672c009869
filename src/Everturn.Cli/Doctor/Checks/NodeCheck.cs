using Everturn.Sqlite.Engine;

namespace Everturn.Cli.Doctor.Checks;

/// <summary>Which hosts have the directory open, and whether they are still there.</summary>
internal sealed class NodeCheck : IDoctorCheck
{
    public string Name => "nodes";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        var nodes = patient.Rows(
            DoctorSql.Nodes,
            row => (Id: row.Text(0), Epoch: row.Long(1), Host: row.Text(2), Process: row.Long(3))
        );
        if (nodes.Count == 0)
        {
            yield return Result.Ok("No host has the directory open.");
        }
        foreach (var (id, epoch, host, process) in nodes)
        {
            yield return NodeLock.IsHeld(patient.Directory.Locks, id)
                ? Result.Ok($"Process {process} on {host} is at work (epoch {epoch}).")
                : Result.Warning(
                    $"Process {process} on {host} is gone without a word. The next host that starts takes over from it."
                );
        }
    }
}
