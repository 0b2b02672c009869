namespace Everturn.Cli.Doctor.Checks;

/// <summary>Whether the write-ahead log is on, and of a sane size.</summary>
internal sealed class JournalCheck : IDoctorCheck
{
    // Four times what it is grown to at the start: then something keeps it from starting again at its front.
    private const long LargeWal = 64L * 1024 * 1024;

    public string Name => "wal";

    public IEnumerable<Result> Run(DoctorPatient patient)
    {
        var mode = patient.Rows(DoctorSql.JournalMode, row => row.Text(0))[0];
        if (mode != "wal")
        {
            yield return Result.Error($"The journal mode is {mode}; it must be wal.");
            yield break;
        }
        var file = new FileInfo(patient.Directory.Database.WalPath);
        var size = file.Exists ? file.Length : 0;
        yield return size > LargeWal
            ? Result.Warning(
                $"The WAL has {Mebibytes(size)} MiB: a reader has been open for long, or the disk is slow."
            )
            : Result.Ok($"On, {Mebibytes(size)} MiB.");
    }

    private static long Mebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
