namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether SQLite finds its own pages in order; only where asked for, since it reads all of them.</summary>
internal sealed class IntegrityCheck : IDoctorCheck
{
    public string Name => "pages";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        if (!patient.IsDeep)
        {
            return [];
        }
        var lines = patient.Rows(DoctorSql.QuickCheck, row => row.Text(0));
        return lines is ["ok"] ? [Result.Ok("All are in order.")] : lines.Select(Result.Error);
    }
}
