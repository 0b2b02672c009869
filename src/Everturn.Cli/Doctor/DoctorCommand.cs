using System.CommandLine;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Doctor.Checks;
using Everturn.Cli.Output;

namespace Everturn.Cli.Doctor;

/// <summary><c>everturn doctor</c>: looks at a data directory, also beside a running process, and changes nothing.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string> Data = new("data") { Description = "The data directory." };

    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Read every page and every large payload besides. It takes as long as that takes.",
    };

    // In this order: what comes later makes sense only where what came before did.
    private static readonly IDoctorCheck[] Checks =
    [
        new FileCheck(),
        new SchemaCheck(),
        new JournalCheck(),
        new NodeCheck(),
        new OwnerCheck(),
        new OrphanCheck(),
        new BlobCheck(),
        new IntegrityCheck(),
    ];

    public static Command Create() =>
        new Command("doctor", "Check a data directory: schema, WAL, nodes, owners, orphans, blobs. Reads only.")
        {
            Data,
            Deep,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var patient = DoctorPatient.Open(context.Value(Data)!, context.Value(Deep));
        var findings = Examine(patient, cancellationToken);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(DoctorJson.Write(findings)).ConfigureAwait(false);
        }
        else
        {
            var table = new TextTable("check", "result", "finding");
            foreach (var finding in findings)
            {
                table.Add(finding.Check, finding.SeverityName, finding.Text);
            }
            await context.Terminal.WriteAsync(table).ConfigureAwait(false);
        }
        return findings.Exists(finding => finding.Severity == Severity.Error) ? ExitCode.Failed : ExitCode.Success;
    }

    private static List<Finding> Examine(DoctorPatient patient, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(
                check.Run(patient).Select(result => new Finding(check.Name, result.Severity, result.Text))
            );
            if (check.IsPrecondition && findings.Exists(finding => finding.Severity == Severity.Error))
            {
                break;
            }
        }
        return findings;
    }
}
