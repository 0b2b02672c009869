namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether rows that belong together are all there. A commit is atomic, so anything here is an error.</summary>
internal sealed class OrphanCheck : IDoctorCheck
{
    private static readonly string[] Tables =
    [
        "runs",
        "messages",
        "chunks",
        "checkpoints",
        "tool_calls",
        "session_states",
        "usage_entries",
        "suspensions",
        "pending_calls",
        "commands",
    ];

    public string Name => "orphans";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        var errors = new List<Result>();
        foreach (var table in Tables)
        {
            if (patient.Number(DoctorSql.RowsWithoutSession(table)) is > 0 and var count)
            {
                errors.Add(Result.Error($"{count} rows of {table} have no session."));
            }
        }
        Add(errors, patient, DoctorSql.SessionsWithoutRun, "name a run that is not there");
        Add(errors, patient, DoctorSql.SessionsMiscounted, "have another number of messages than they say");
        Add(errors, patient, DoctorSql.UncarriedRuns, "have a running run that nothing carries");
        return errors.Count == 0 ? [Result.Ok("Every row has what it belongs to.")] : errors;
    }

    private static void Add(List<Result> errors, DoctorPatient patient, string sql, string what)
    {
        var sessions = patient.Rows(sql, row => row.Text(0));
        if (sessions.Count > 0)
        {
            errors.Add(Result.Error($"Sessions {what}: {string.Join(", ", sessions)}."));
        }
    }
}
