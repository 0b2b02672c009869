namespace Everturn.Cli.Doctor;

/// <summary>One thing that the doctor looks at.</summary>
internal interface IDoctorCheck
{
    /// <summary>What it is called in the report.</summary>
    string Name { get; }

    /// <summary>Whether an error here makes all that follows pointless.</summary>
    bool IsPrecondition => false;

    /// <summary>Looks.</summary>
    IEnumerable<Result> Run(DoctorPatient patient);
}
