using Everturn.Sqlite.Engine;

namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether the file is one of ours.</summary>
internal sealed class FileCheck : IDoctorCheck
{
    public string Name => "file";

    public bool IsPrecondition => true;

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        Result result;
        try
        {
            result =
                patient.Number(DoctorSql.ApplicationId) == DatabaseFile.ApplicationId
                    ? Result.Ok($"{Path.GetFileName(patient.Directory.Database.Path)} is a database of Everturn's.")
                    : Result.Error($"{patient.Directory.Database.Path} belongs to another application.");
        }
        catch (SqliteException exception)
        {
            result = Result.Error($"{patient.Directory.Database.Path} is damaged: {exception.Message}");
        }
        yield return result;
    }
}
