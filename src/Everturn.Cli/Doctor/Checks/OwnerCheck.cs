using Everturn.Sqlite.Engine;

namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether everything that runs has somebody who runs it.</summary>
internal sealed class OwnerCheck : IDoctorCheck
{
    public string Name => "owners";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        var isAttended = patient
            .Rows(DoctorSql.Nodes, row => row.Text(0))
            .Exists(node => NodeLock.IsHeld(patient.Directory.Locks, node));
        var running = patient.Number(DoctorSql.RunningRuns);
        var waiting = patient.Number(DoctorSql.UnownedRuns);
        var abandoned = patient.Number(DoctorSql.AbandonedInstances);
        if (waiting > 0)
        {
            yield return Result.Warning(
                $"{waiting} of {running} running runs have no live owner"
                    + (isAttended ? " at this moment." : "; they go on when a host starts.")
            );
        }
        if (abandoned > 0)
        {
            yield return Result.Warning($"{abandoned} workflow instances belong to a host that is gone.");
        }
        if (waiting == 0 && abandoned == 0)
        {
            yield return Result.Ok($"Running: {running}, each with a live owner.");
        }
        var outbox = patient.Number(DoctorSql.Outbox);
        yield return outbox == 0 || isAttended
            ? Result.Ok($"Waiting in the outbox: {outbox}.")
            : Result.Warning($"Waiting in the outbox: {outbox}, delivered when a host starts.");
    }
}
