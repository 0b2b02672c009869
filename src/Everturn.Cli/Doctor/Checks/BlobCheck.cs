using System.Security.Cryptography;

namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether every large payload that a row names is there, and is what it was.</summary>
internal sealed class BlobCheck : IDoctorCheck
{
    private const int Shown = 5;

    public string Name => "blobs";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        var root = Path.Combine(patient.Directory.Blobs, "sessions");
        var named = patient.Rows(DoctorSql.NamedBlobs, row => row.Bytes(0));
        var missing = new List<string>();
        var damaged = new List<string>();
        foreach (var hash in named)
        {
            var name = Convert.ToHexStringLower(hash);
            var path = Path.Combine(root, name[..2], name[2..4], name);
            if (!File.Exists(path))
            {
                missing.Add(name);
            }
            else if (patient.IsDeep && !SHA256.HashData(File.ReadAllBytes(path)).AsSpan().SequenceEqual(hash))
            {
                damaged.Add(name);
            }
        }
        if (missing.Count > 0)
        {
            yield return Result.Error($"{missing.Count} are missing: {List(missing)}.");
        }
        if (damaged.Count > 0)
        {
            yield return Result.Error($"{damaged.Count} are damaged: {List(damaged)}.");
        }
        if (missing.Count == 0 && damaged.Count == 0)
        {
            yield return Result.Ok(
                $"{named.Count} are named, and all are there{(patient.IsDeep ? " and whole" : "")}; "
                    + $"{patient.Number(DoctorSql.ReleasedBlobs)} wait to be swept."
            );
        }
    }

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", …" : "");
}
