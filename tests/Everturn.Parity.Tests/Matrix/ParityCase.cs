namespace Everturn.Parity.Tests.Matrix;

/// <summary>A scenario on a cell, read one way.</summary>
internal sealed record ParityCase(Type Scenario, ParityCell Cell, Reading Reading)
{
    public ParityScenario Create() => (ParityScenario)Activator.CreateInstance(Scenario)!;
}
