using System.Runtime.ExceptionServices;
using Everturn.Parity.Tests.Matrix;
using Everturn.Parity.Tests.Page;

namespace Everturn.Parity.Tests;

/// <summary>Every session scenario on every runtime and store, streaming and not.</summary>
public sealed class ParityTests
{
    public static TheoryData<string, string, Reading> Cases()
    {
        var cases = new TheoryData<string, string, Reading>();
        foreach (var parityCase in ParityMatrix.Cases)
        {
            cases.Add(parityCase.Scenario.Name, parityCase.Cell.Name, parityCase.Reading);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_scenario_is_the_same_everywhere(string scenario, string cell, Reading reading)
    {
        if (await ParityMatrix.OutcomeAsync(ParityMatrix.Find(scenario, cell, reading)) is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    [Fact]
    public async Task The_page_says_what_the_suite_shows() =>
        (await File.ReadAllTextAsync(ParityPage.Path, TestContext.Current.CancellationToken)).ShouldBe(
            await ParityPage.RenderAsync(),
            "Write it anew: dotnet exec artifacts/bin/Everturn.Parity.Tests/debug/Everturn.Parity.Tests.dll -explicit only"
        );

    [Fact(Explicit = true)]
    public async Task Write_the_page() =>
        await File.WriteAllTextAsync(
            ParityPage.Path,
            await ParityPage.RenderAsync(),
            TestContext.Current.CancellationToken
        );
}
