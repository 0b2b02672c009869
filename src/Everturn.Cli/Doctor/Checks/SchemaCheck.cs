using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Sqlite.Workflows;

namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether this build knows the tables.</summary>
internal sealed class SchemaCheck : IDoctorCheck
{
    private static readonly Schema[] Known = [EngineSchema.Schema, SessionSchema.Schema, WorkflowSchema.Schema];

    public string Name => "schema";

    public bool IsPrecondition => true;

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        if (patient.Number(DoctorSql.HasVersions) == 0)
        {
            yield return Result.Error("The tables were never created.");
            yield break;
        }
        var versions = patient
            .Rows(DoctorSql.Versions, row => (Store: row.Text(0), Version: row.Int(1)))
            .ToDictionary(row => row.Store, row => row.Version);
        foreach (var schema in Known)
        {
            var version = versions.GetValueOrDefault(schema.Store);
            yield return version == schema.Version ? Result.Ok($"{schema.Store}: version {version}.")
            : version < schema.Version
                ? Result.Error(
                    $"{schema.Store}: version {version}, this tool knows {schema.Version}. The next start migrates it."
                )
            : Result.Error($"{schema.Store}: version {version} is newer than this tool, which knows {schema.Version}.");
        }
    }
}
