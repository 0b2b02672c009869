namespace Everturn.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Builds() => typeof(object).ShouldNotBeNull();
}
